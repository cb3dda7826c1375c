/** What programs for Java are made of. */
import { functions } from './program.js';

export const JAVA_FUNCTIONS = functions({
  md5Hex: `static String md5Hex(String text) throws Exception {
    return hex(MessageDigest.getInstance("MD5").digest(bytes(text)));
}`,
  sha256Hex: `static String sha256Hex(String text) throws Exception {
    return hex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
}`,
  hmacSha256Hex: `static String hmacSha256Hex(String text, String key) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
    return hex(mac.doFinal(bytes(text)));
}`,
  sha256WithRsa: `/** In hex. */
static String sha256WithRsa(String text, String privateKey) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(readPrivateKey(privateKey));
    signature.update(bytes(text));
    return hex(signature.sign());
}`,
  md5WithRsa: `/** In Base64. */
static String md5WithRsa(String text, String privateKey) throws Exception {
    Signature signature = Signature.getInstance("MD5withRSA");
    signature.initSign(readPrivateKey(privateKey));
    signature.update(bytes(text));
    return Base64.getEncoder().encodeToString(signature.sign());
}`,
  encrypt: `/** In Base64. */
static String encrypt(String text, String publicKey) throws Exception {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey));
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(spec));
    return Base64.getEncoder().encodeToString(cipher.doFinal(bytes(text)));
}`,
  decrypt: `static String decrypt(String hex, String privateKey) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, readPrivateKey(privateKey));
    return new String(cipher.doFinal(fromHex(hex)), StandardCharsets.UTF_8);
}`,
  readPrivateKey: `/** PKCS#8 in Base64, as the portal has it. */
static PrivateKey readPrivateKey(String base64) throws Exception {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    return KeyFactory.getInstance("RSA").generatePrivate(spec);
}`,
  beijingTime: `/** 17 digits. */
static String beijingTime() {
    return ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS"));
}`,
  textIn: `/** Enough for these answers; use your JSON library in earnest. */
static String textIn(String json, String name) {
    Matcher found = Pattern.compile("\\"" + name + "\\":\\"([^\\"]*)\\"").matcher(json);
    if (!found.find()) throw new IllegalStateException("no " + name + " in " + json);
    return found.group(1);
}`,
  hex: `static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte value : bytes) text.append(String.format("%02X", value));
    return text.toString();
}`,
  fromHex: `static byte[] fromHex(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) Integer.parseInt(hex.substring(2 * at, 2 * at + 2), 16);
    }
    return bytes;
}`,
  bytes: `static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
}`,
});
