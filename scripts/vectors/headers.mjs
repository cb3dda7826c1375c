/** What the tests of a type are for, in the `header` of their files. */

export const HEADERS = {
  LoginMd5Sign: [
    'Sign of loginTokenValidate where encryptionalgorithm is not "RSA" (the document, 1.2 sign).',
    'sign = MD5(appid + version + msgid + systemtime + strictcheck + token + appSecret), 32 upper-case hex digits.',
    'Sign message without "sign" and compare, or check sign. stringToSign is the right text; signedText, where there is one, is what was signed instead.',
  ],
  LoginRsaSign: [
    'Sign of loginTokenValidate where encryptionalgorithm is "RSA" (the document, 1.2 sign).',
    'sign = SHA256withRSA(appid + token), PKCS#1 v1.5, in hex; appSignPrivateKey makes it, appVerifyKey (应用公钥1) checks it.',
    'Sign message without "sign" and compare, or check sign. stringToSign is the right text; signedText, where there is one, is what was signed instead.',
  ],
  LoginMsisdnDecrypt: [
    'msisdn of loginTokenValidate’s answer where encryptionalgorithm was "RSA" (the document, 1.2 msisdn).',
    'ciphertext = RSA, PKCS#1 v1.5, under appEncryptKey (应用公钥2), in hex, of the eleven digits; privatePkcs8Base64 opens it.',
    'Decrypt ciphertext: a valid one gives msisdn, an invalid one gives no number. msisdn is what was, or was to be, encrypted.',
  ],
  TokenValidateHmacSign: [
    'Sign of tokenValidate with keyType 0 (the document, 2.3 sign).',
    'sign = HMACSHA256(appId + msgId + phoneNum + timestamp + token + version) with appKey as the key, 64 upper-case hex digits.',
    'Sign message without "sign" and compare, or check sign. stringToSign is the right text; signedText, where there is one, is what was signed instead.',
  ],
  TokenValidatePhoneNumHash: [
    'phoneNum of tokenValidate with keyType 0 (the document, 2.3 phoneNum).',
    'phoneNum = SHA-256(number + appKey + timestamp), 64 upper-case hex digits.',
    'Hash phoneNumber and compare. stringToHash is the right text; hashedText, where there is one, is what was hashed instead.',
  ],
  TokenValidateRsaSign: [
    'Sign of tokenValidate with keyType 1 (the document, 2.3 sign).',
    'sign = MD5withRSA(appId + msgId + phoneNum + timestamp + token + version), PKCS#1 v1.5, in Base64; phoneNum is its Base64 text; appSignPrivateKey makes it, appVerifyKey (应用公钥1) checks it.',
    'Sign message without "sign" and compare, or check sign. stringToSign is the right text; signedText, where there is one, is what was signed instead.',
  ],
  TokenValidatePhoneNumDecrypt: [
    'phoneNum of tokenValidate with keyType 1 (the document, 2.3 phoneNum).',
    'phoneNum = RSA, PKCS#1 v1.5, under platformPublicKey (平台公钥), in Base64, of number + appKey + timestamp; platformPrivateKey opens it.',
    'Decrypt phoneNum: a valid one gives stringToEncrypt, an invalid one does not. Encryption is random: to test that, decrypt what you made. encryptedText, where there is one, is what was encrypted instead.',
  ],
  Timestamp: [
    'systemtime of loginTokenValidate and timestamp of tokenValidate (the document, 1.2 and 2.3).',
    'timestamp = the instant epochMs in Beijing, yyyyMMddHHmmssSSS.',
    'Write epochMs and compare.',
  ],
};
