/** The `header` of the files: the purpose of each type of tests. */

export const HEADERS = {
  LoginMd5Sign: [
    'The signature of loginTokenValidate if encryptionalgorithm is not "RSA" (the document, 1.2 sign).',
    'sign = MD5(appid + version + msgid + systemtime + strictcheck + token + appSecret), 32 upper-case hex digits.',
    'Sign message without "sign" and compare, or verify sign. stringToSign is the correct text. signedText, if present, is the wrong text that was signed instead.',
  ],
  LoginRsaSign: [
    'The signature of loginTokenValidate if encryptionalgorithm is "RSA" (the document, 1.2 sign).',
    'sign = SHA256withRSA(appid + token), PKCS#1 v1.5, in hex. appSignPrivateKey signs, appVerifyKey (应用公钥1) verifies.',
    'Sign message without "sign" and compare, or verify sign. stringToSign is the correct text. signedText, if present, is the wrong text that was signed instead.',
  ],
  LoginMsisdnDecrypt: [
    'msisdn in the response of loginTokenValidate if encryptionalgorithm was "RSA" (the document, 1.2 msisdn).',
    'ciphertext = the eleven digits, encrypted with RSA, PKCS#1 v1.5 and appEncryptKey (应用公钥2), in hex. privatePkcs8Base64 decrypts it.',
    'Decrypt ciphertext. A valid one returns msisdn, an invalid one must return no number. msisdn is the number that should have been encrypted.',
  ],
  TokenValidateHmacSign: [
    'The signature of tokenValidate with keyType 0 (the document, 2.3 sign).',
    'sign = HMACSHA256(appId + msgId + phoneNum + timestamp + token + version) with appKey as the key, 64 upper-case hex digits.',
    'Sign message without "sign" and compare, or verify sign. stringToSign is the correct text. signedText, if present, is the wrong text that was signed instead.',
  ],
  TokenValidatePhoneNumHash: [
    'phoneNum of tokenValidate with keyType 0 (the document, 2.3 phoneNum).',
    'phoneNum = SHA-256(number + appKey + timestamp), 64 upper-case hex digits.',
    'Hash phoneNumber and compare. stringToHash is the correct text. hashedText, if present, is the wrong text that was hashed instead.',
  ],
  TokenValidateRsaSign: [
    'The signature of tokenValidate with keyType 1 (the document, 2.3 sign).',
    'sign = MD5withRSA(appId + msgId + phoneNum + timestamp + token + version), PKCS#1 v1.5, in Base64. phoneNum is signed as its Base64 text. appSignPrivateKey signs, appVerifyKey (应用公钥1) verifies.',
    'Sign message without "sign" and compare, or verify sign. stringToSign is the correct text. signedText, if present, is the wrong text that was signed instead.',
  ],
  TokenValidatePhoneNumDecrypt: [
    'phoneNum of tokenValidate with keyType 1 (the document, 2.3 phoneNum).',
    'phoneNum = number + appKey + timestamp, encrypted with RSA, PKCS#1 v1.5 and platformPublicKey (平台公钥), in Base64. platformPrivateKey decrypts it.',
    'Decrypt phoneNum. A valid one returns stringToEncrypt, an invalid one does not. Encryption is random: to test your encryption, decrypt its result. encryptedText, if present, is the wrong text that was encrypted instead.',
  ],
  Timestamp: [
    'systemtime of loginTokenValidate and timestamp of tokenValidate (the document, 1.2 and 2.3).',
    'timestamp = epochMs in Beijing time, as yyyyMMddHHmmssSSS.',
    'Format epochMs and compare.',
  ],
};
