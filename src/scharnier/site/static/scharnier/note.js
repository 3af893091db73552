// SPDX-License-Identifier: EUPL-1.2
// The form with a script: what is written is kept on the phone first, then sent, now or later.
// Without this script, or without a database in the browser, the form does it by itself.
(function () {
  'use strict'
  const outbox = self.scharnierOutbox
  const section = document.getElementById('outbox')
  const form = document.getElementById('note') // not on the page before logging out
  const FIELDS = ['text', 'place', 'about', 'candidate', 'remind_date']
  if (!section || !outbox || !self.indexedDB || !navigator.serviceWorker) return

  const addresses = { note: section.dataset.note, account: section.dataset.accountAddress }
  const line = section.querySelector('template')
  let account = section.dataset.account
  let state = navigator.onLine ? 'sent' : 'offline'
  let mending = null // the key of what stands in the form again
  let isBusy = false
  let turns = 0 // how often it was asked what waits

  function say (place, what, why) {
    for (const id of ['said', 'refused']) {
      document.querySelectorAll('#' + id + ' > :not(template)').forEach(function (part) { part.remove() })
    }
    if (!what) return null
    const part = document.querySelector('#' + place + ' [data-said=' + what + ']').content.cloneNode(true)
    if (why) part.querySelector('[data-why]').textContent = why
    document.getElementById(place).append(part)
    return document.getElementById(place).lastElementChild
  }

  function field (name) { return form.elements[name] }

  function draw (note) {
    const drawn = line.content.cloneNode(true)
    const rest = [note.fields.place, note.fields.candidate, note.fields.remind_date].filter(Boolean)
    const few = note.fields.text.slice(0, 40)
    const refusal = drawn.querySelector('.outbox__refusal')
    drawn.querySelector('.outbox__text').textContent = note.fields.text
    drawn.querySelector('.outbox__rest').textContent = rest.join(' · ')
    refusal.textContent = note.refusal || ''
    refusal.hidden = !note.refusal
    drawn.querySelectorAll('.visually-hidden').forEach(function (part) { part.textContent = ': ' + few })
    const mend = drawn.querySelector('[data-mend]')
    mend.hidden = !form
    mend.addEventListener('click', function () { startMending(note) })
    drawn.querySelector('[data-drop]').addEventListener('click', function () { throwAway(note) })
    return drawn
  }

  async function show () {
    const turn = ++turns
    const waiting = (await outbox.waitingFor(account)).filter(function (note) { return note.key !== mending })
    if (turn !== turns) return // who asked later knows better, and draws
    const words = waiting.length === 1 ? section.dataset.one : section.dataset.many
    const seen = waiting.length && waiting.every(function (note) { return note.refusal }) ? 'refused' : state
    section.hidden = !waiting.length
    section.querySelector('[data-send]').hidden = seen === 'refused' || seen === 'login'
    section.querySelector('[data-count]').textContent = words.replace('{n}', waiting.length)
    section.querySelectorAll('[data-state]').forEach(function (part) { part.hidden = part.dataset.state !== seen })
    section.querySelector('[data-list]').replaceChildren(...waiting.map(draw))
  }

  async function send () {
    if ((await outbox.waitingFor(account)).length) state = await outbox.send(addresses)
    await show()
  }

  function put (fields) {
    for (const name of FIELDS) field(name).value = fields[name] || ''
    form.querySelector('details').open = FIELDS.slice(1).some(function (name) { return fields[name] })
  }

  async function startMending (note) {
    mending = note.key // it stands in the form now, and in the list again when it is left there
    put(note.fields)
    field('text').focus()
    await show()
  }

  async function throwAway (note) {
    await outbox.drop(note.key)
    await show()
    const said = say('said', 'dropped')
    said.querySelector('[data-undo]').addEventListener('click', async function () {
      await outbox.keep(note)
      say()
      await send()
    })
    said.querySelector('[data-undo]').focus()
  }

  function read () {
    const fields = {}
    for (const name of FIELDS) fields[name] = field(name).value
    return fields
  }

  async function askForSync () {
    try {
      const worker = await navigator.serviceWorker.ready
      await worker.sync.register('notes')
    } catch (error) {
      // This browser sends when a page opens, or when it is online again.
    }
  }

  async function write () {
    const note = { key: crypto.randomUUID(), account, fields: read(), writtenAt: Date.now() }
    if (!note.fields.text.trim()) return complain('empty')
    if (!account) return complain('nobody')
    try {
      await outbox.keep(note, mending)
    } catch (error) {
      if (form.elements.csrfmiddlewaretoken) return form.submit()
      return complain('full')
    }
    mending = null
    form.reset()
    put({})
    isBusy = false // the next one can be written while this one goes
    await send()
    const left = (await outbox.waitingFor(account)).find(function (other) { return other.key === note.key })
    if (left && left.refusal) {
      if (!field('text').value) await startMending(left)
      say('refused', 'refused', left.refusal)
    } else {
      say('said', left ? 'kept' : 'sent')
      if (left) askForSync()
    }
  }

  function complain (what) {
    say('refused', what)
    field('text').focus()
  }

  function listen () {
    if (form) {
      form.addEventListener('submit', async function (event) {
        event.preventDefault()
        if (isBusy) return
        isBusy = true
        try { await write() } finally { isBusy = false }
      })
    }
    section.querySelector('[data-send]').addEventListener('click', send)
    window.addEventListener('online', send)
    window.addEventListener('offline', function () { state = 'offline'; show() })
    document.addEventListener('visibilitychange', function () { if (!document.hidden) send() })
    navigator.serviceWorker.addEventListener('message', show)
  }

  async function start () {
    listen()
    navigator.serviceWorker.register(section.dataset.worker).catch(function () {}) // else: online only
    if (account) await outbox.setFact('account', account)
    else account = await outbox.fact('account')
    await outbox.clearUp(Date.now())
    await send()
  }

  start()
})()
