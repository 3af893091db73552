// SPDX-License-Identifier: EUPL-1.2
// What waits on this phone to be sent: kept in the browser's own database, sent once, lost never.
// Shared by the pages and by the service worker. A note is bound to the account that wrote it by an opaque key.
(function (scope) {
  'use strict'
  const NOTES = 'notes'
  const FACTS = 'facts' // name -> value: the account that this phone writes for
  const KEPT_MS = 60 * 24 * 3600 * 1000 // as long as the site keeps a note
  const PATIENCE_MS = 15000
  const FORBIDDEN = 403
  const REFUSED = 422

  function open () {
    return new Promise(function (resolve, reject) {
      const asked = scope.indexedDB.open('scharnier-outbox', 1)
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore(NOTES, { keyPath: 'key' })
        asked.result.createObjectStore(FACTS)
      }
      asked.onsuccess = function () { resolve(asked.result) }
      asked.onerror = function () { reject(asked.error) }
    })
  }

  // Do something with a store; done when the database has it, not before.
  async function withStore (name, mode, work) {
    const database = await open()
    try {
      return await new Promise(function (resolve, reject) {
        const transaction = database.transaction(name, mode)
        const asked = work(transaction.objectStore(name))
        transaction.oncomplete = function () { resolve(asked && asked.result) }
        transaction.onabort = transaction.onerror = function () { reject(transaction.error) }
      })
    } finally {
      database.close()
    }
  }

  function fact (name) {
    return withStore(FACTS, 'readonly', function (store) { return store.get(name) })
  }

  function setFact (name, value) {
    return withStore(FACTS, 'readwrite', function (store) {
      return value === undefined ? store.delete(name) : store.put(value, name)
    })
  }

  // Keep a note; the one it mends goes in the same stroke.
  function keep (note, mended) {
    return withStore(NOTES, 'readwrite', function (store) {
      if (mended) store.delete(mended)
      return store.put(note)
    })
  }

  function drop (key) {
    return withStore(NOTES, 'readwrite', function (store) { return store.delete(key) })
  }

  async function all () {
    const found = await withStore(NOTES, 'readonly', function (store) { return store.getAll() })
    return found.sort(function (one, other) { return one.writtenAt - other.writtenAt })
  }

  async function waitingFor (account) {
    return (await all()).filter(function (note) { return account && note.account === account })
  }

  // What nobody came back for goes, as it does on the site.
  async function clearUp (now) {
    for (const note of await all()) if (now - note.writtenAt > KEPT_MS) await drop(note.key)
  }

  function ask (address, options) {
    return scope.fetch(address, Object.assign({
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'manual', // to the login page, when the session has ended
      signal: AbortSignal.timeout(PATIENCE_MS)
    }, options))
  }

  // Return who is logged in and the token to send with, or the state that keeps us from sending.
  async function whoIsThere (addresses) {
    let answer
    try {
      answer = await ask(addresses.account, { headers: { Accept: 'application/json' } })
    } catch (error) {
      return { state: 'offline' }
    }
    if (answer.type === 'opaqueredirect' || answer.status === FORBIDDEN) return { state: 'login' }
    if (!answer.ok) return { state: 'later' }
    const told = await answer.json()
    await setFact('account', told.account)
    return told
  }

  // Send one note; return the state after it. It leaves the phone only when the site says it has it.
  async function sendOne (note, there, addresses) {
    let answer
    try {
      answer = await ask(addresses.note, {
        method: 'POST',
        headers: { Accept: 'application/json', 'X-CSRFToken': there.token },
        body: new URLSearchParams(Object.assign({ key: note.key }, note.fields))
      })
    } catch (error) {
      return 'offline'
    }
    if (answer.type === 'opaqueredirect' || answer.status === FORBIDDEN) return 'login'
    if (answer.status === REFUSED) {
      note.refusal = Object.values((await answer.json()).errors).join(' ')
      await withStore(NOTES, 'readwrite', function (store) {
        const still = store.getKey(note.key)
        still.onsuccess = function () { if (still.result !== undefined) store.put(note) }
      })
      return 'sent'
    }
    if (!answer.ok) return 'later'
    await drop(note.key)
    return 'sent'
  }

  async function sendNow (addresses) {
    const waiting = (await all()).filter(function (note) { return !note.refusal })
    if (!waiting.length) return 'sent'
    const there = await whoIsThere(addresses)
    if (there.state) return there.state
    for (const note of waiting) {
      if (note.account === there.account) {
        const state = await sendOne(note, there, addresses)
        if (state !== 'sent') return state
      }
    }
    return 'sent'
  }

  // Send what waits, one page or worker at a time; return sent, offline, login or later.
  function send (addresses) {
    const locks = scope.navigator.locks
    return locks
      ? locks.request('scharnier-outbox', function () { return sendNow(addresses) })
      : sendNow(addresses)
  }

  scope.scharnierOutbox = { clearUp, drop, fact, keep, send, setFact, waitingFor, whoIsThere }
})(self)
