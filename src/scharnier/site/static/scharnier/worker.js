// SPDX-License-Identifier: EUPL-1.2
// The service worker: opens the form without a network, sends later, and forgets at logging out.
// The site puts KEPT before this: version, outbox (a script), note, account, shell, logout, login, own, leaving, files.
/* global KEPT, caches, clients, importScripts, scharnierOutbox, skipWaiting */
importScripts(KEPT.outbox)

const CACHE = 'scharnier-' + KEPT.version
const PATIENCE_MS = 4000 // then what the phone keeps opens
const ADDRESSES = { note: KEPT.note, account: KEPT.account }

// Nothing comes in here but the empty shell and the files that it needs: no page of anybody.
async function fill () {
  const cache = await caches.open(CACHE)
  const lacking = []
  for (const file of KEPT.files) if (!await cache.match(file)) lacking.push(file)
  await cache.addAll(lacking.map(function (file) { return new Request(file, { cache: 'reload' }) }))
  await cache.add(new Request(KEPT.shell, { cache: 'reload' })) // again each time: in the language of now
}

async function empty (but) {
  const names = await caches.keys()
  await Promise.all(names
    .filter(function (name) { return name.startsWith('scharnier-') && name !== but })
    .map(function (name) { return caches.delete(name) }))
}

async function tellPages () {
  for (const client of await clients.matchAll()) client.postMessage('outbox')
}

async function sendAll () {
  const state = await scharnierOutbox.send(ADDRESSES)
  await tellPages()
  return state
}

// Ask the network; when it does not answer, or not in time, take what the phone keeps.
async function quickly (request, kept) {
  const cache = await caches.open(CACHE)
  const found = await cache.match(kept)
  if (!found) return fetch(request)
  const late = new Promise(function (resolve) { setTimeout(function () { resolve(found) }, PATIENCE_MS) })
  return Promise.race([fetch(request).catch(function () { return found }), late])
}

async function openNote (event) {
  const answer = await quickly(event.request, KEPT.shell)
  if (answer.ok && !answer.redirected && new URL(answer.url).pathname === KEPT.note) {
    event.waitUntil(fill().catch(function () {}))
  }
  return answer
}

// Send first; with something left, the site asks whether to log out all the same.
async function leave (request) {
  if (!new URL(request.url).searchParams.has('anyway')) {
    await sendAll()
    const waiting = await scharnierOutbox.waitingFor(await scharnierOutbox.fact('account'))
    if (waiting.length) return Response.redirect(KEPT.leaving, 303)
  }
  const answer = await fetch(request)
  await forget()
  return answer
}

async function forget () {
  await scharnierOutbox.setFact('account', undefined)
  await empty()
}

// Tell whether somebody logs in here, or goes to another network: who it is, the next page tells.
function changesWho (path) {
  return path.startsWith(KEPT.login) || path.startsWith(KEPT.own)
}

// With each page that opens: learn whose phone this is now, and send what waits for them.
async function catchUp (path) {
  if (changesWho(path)) return scharnierOutbox.setFact('account', undefined)
  if (!await scharnierOutbox.fact('account')) await scharnierOutbox.whoIsThere(ADDRESSES)
  await sendAll()
}

self.addEventListener('install', function (event) {
  skipWaiting()
  event.waitUntil(fill())
})

self.addEventListener('activate', function (event) {
  event.waitUntil(empty(CACHE).then(function () { return clients.claim() }))
})

self.addEventListener('fetch', function (event) {
  const request = event.request
  const address = new URL(request.url)
  if (address.origin !== self.location.origin) return
  const path = address.pathname
  if (request.method === 'POST') {
    if (path === KEPT.logout) event.respondWith(leave(request))
    else if (changesWho(path)) event.waitUntil(scharnierOutbox.setFact('account', undefined))
  } else if (request.mode === 'navigate' && path === KEPT.note) {
    event.respondWith(openNote(event))
  } else if (request.mode === 'navigate' && path !== KEPT.login) {
    event.waitUntil(catchUp(path).catch(function () {}))
  } else if (KEPT.files.includes(path)) {
    event.respondWith(quickly(request, path))
  }
})

self.addEventListener('sync', function (event) {
  event.waitUntil(sendAll().then(function (state) {
    if (state === 'offline' || state === 'later') throw new Error(state) // the browser tries again
  }))
})
