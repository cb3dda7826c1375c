/**
 * The script that pages load instead of the carrier's JSSDK, with the four functions that public pages call. It is not the
 * carrier's code: it shows no dialog, and asks the mock for a token. `window.cmpassportMock`, set before the login, chooses
 * the number, the network and a failure.
 */

/** Relative to the script, so that it works at every address of the mock. */
export const TOKEN_FILE = 'cmpassport-mock-token';

export const PAGE_SCRIPT = `/* cmpassport-mock: for tests only, not the carrier's script. */
(function () {
  'use strict';
  var tokenUrl = new URL('${TOKEN_FILE}', document.currentScript.src);
  var waiting;

  function chosen() {
    return window.cmpassportMock || {};
  }

  function ask(options) {
    var data = options.data || {};
    var failure = chosen().failure;
    if (failure) {
      options.error({ code: failure.code, message: failure.message || '', msgId: data.traceId });
      return;
    }
    fetch(tokenUrl, {
      method: 'POST',
      body: JSON.stringify({
        appId: data.appId,
        sign: data.sign,
        traceId: data.traceId,
        timestamp: data.timestamp,
        version: data.version,
        phoneNumber: chosen().phoneNumber
      })
    })
      .then(function (response) {
        return response.json();
      })
      .then(
        function (answer) {
          if (answer.detail) console.error('cmpassport-mock: ' + answer.detail);
          delete answer.detail;
          (answer.code === '103000' ? options.success : options.error)(answer);
        },
        function (error) {
          options.error({ code: '500', message: String(error), msgId: data.traceId });
        }
      );
  }

  window.YDRZAuthLogin = {
    authPageInit: function () {},
    getConnection: function () {
      return { netType: chosen().netType || 'cellular' };
    },
    getTokenInfo: function (options) {
      var data = options.data || {};
      var type = String(data.authPageType);
      var own = (type === '2' || type === '3') && typeof options.layerCallback === 'function';
      // In its dialog, the carrier's script reports a first success without a token.
      if (type === '1' && !chosen().failure)
        options.success({ code: '103000', message: 'success', msgId: data.traceId });
      if (!own) return ask(options);
      // The page asks for consent itself, and goes on with authGetToken.
      waiting = options;
      options.layerCallback();
    },
    authGetToken: function (options) {
      ask(Object.assign({}, waiting, options));
    }
  };
})();
`;
