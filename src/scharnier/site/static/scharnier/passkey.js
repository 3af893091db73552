// SPDX-License-Identifier: EUPL-1.2
// Let allauth's forms for passkeys run, show what needs a script only where one runs, say so when it failed.
// A form names its kind in data-passkey, and the ids of its button and of its options beside it.
(function () {
  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-needs-script]').forEach(function (part) { part.hidden = false })
    document.querySelectorAll('[data-passkey]').forEach(function (form) {
      const button = form.dataset.button
      window.allauth.webauthn.forms[form.dataset.passkey]({
        ids: {
          add: button,
          authenticate: button,
          login: button,
          credential: form.dataset.credential,
          passwordless: form.dataset.passwordless,
          data: form.dataset.options
        }
      })
    })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-failed]').forEach(function (part) { part.hidden = false; part.focus() })
  })
})()
