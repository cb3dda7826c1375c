package com.example.signin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mock carrier in Java tests: Java 8 or newer, no other library. {@code cmpassport-mock init java} writes this file
 * into your project.
 *
 * <p>{@link #start()} uses the running mock at {@code CMPASSPORT_BASE} if that variable is set, as
 * {@code cmpassport-mock exec} does. Otherwise it starts the npm package from {@code node_modules} in the working
 * directory or in a directory above it, on a free port. {@link #startWithProxy()} is for a client whose address of the
 * carrier is hard-coded.
 */
public final class CarrierMock implements AutoCloseable {
    private static final int READY_WITHIN_MS = 30_000;
    private static final Path PACKAGE = Paths.get("node_modules", "cmpassport-mock", "dist", "main.js");
    private static final Pattern STARTED = Pattern.compile(" (http\\S+)/_mock\\R");
    private static final Pattern PROXY = Pattern.compile("HTTPS_PROXY=http://([^: ]+):(\\d+)");
    private static final String LANGUAGE = Locale.getDefault().getLanguage().equals("zh") ? "zh" : "en";
    // Escapes, because javac on a Chinese Windows reads sources as GBK before JDK 18.
    private static final String COLON = LANGUAGE.equals("zh") ? "\uff1a" : ": ";
    private static final String STRING_TO_SIGN = LANGUAGE.equals("zh") ? "\u7b7e\u540d\u539f\u6587" : "string to sign";

    /** The URL that your client uses instead of https://www.cmpassport.com. */
    public final String baseUrl;
    /** Null if the mock was running already. */
    private final Process process;
    /** "http://127.0.0.1:10087" in parts; null without a proxy. */
    private final String proxyHost, proxyPort;

    private CarrierMock(String baseUrl, Process process, Matcher proxy) {
        this.baseUrl = baseUrl;
        this.process = process;
        proxyHost = proxy.find() ? proxy.group(1) : null;
        proxyPort = proxyHost == null ? null : proxy.group(2);
    }

    /** Returns when the mock is ready, and throws IllegalStateException if it is not ready after 30 seconds. */
    public static CarrierMock start() {
        CarrierMock mock = running("");
        if (mock == null) return startPackage("--port", "0");
        return eventually(() -> true, () -> {
            mock.call("GET", "/health", "");
            return mock;
        });
    }

    /**
     * The same for a client that sends its requests to https://www.cmpassport.com: sets the JVM's proxy and trust store.
     * Call it before the first HttpClient and the first TLS connection. A running mock needs its proxy in
     * {@code CMPASSPORT_PROXY}, as {@code cmpassport-mock exec --proxy} sets it.
     */
    public static CarrierMock startWithProxy() {
        CarrierMock running = running("HTTPS_PROXY=" + System.getenv("CMPASSPORT_PROXY"));
        CarrierMock mock = running == null ? startPackage("--port", "0", "--proxy-port", "0") : running;
        if (mock.proxyHost == null) throw new IllegalStateException("CMPASSPORT_BASE is set, and CMPASSPORT_PROXY is not"
            + " the address of that mock's proxy. Set it, or unset CMPASSPORT_BASE.");
        try (InputStream store = URI.create(mock.baseUrl + "/_mock/truststore.p12").toURL().openStream()) {
            Path file = Files.createTempFile("cmpassport-mock", ".p12");
            file.toFile().deleteOnExit();
            Files.copy(store, file, StandardCopyOption.REPLACE_EXISTING);
            System.setProperty("javax.net.ssl.trustStore", file.toString());
            System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        } catch (IOException problem) {
            throw new IllegalStateException("no trust store at " + mock.baseUrl, problem);
        }
        System.setProperty("https.proxyHost", mock.proxyHost);
        System.setProperty("https.proxyPort", mock.proxyPort);
        return mock;
    }

    /** Null without CMPASSPORT_BASE. */
    private static CarrierMock running(String proxy) {
        String base = System.getenv("CMPASSPORT_BASE");
        if (base == null || base.trim().isEmpty()) return null;
        return new CarrierMock(base.replaceAll("/+$", ""), null, PROXY.matcher(proxy));
    }

    /** Stops the process that start() started. The end of the JVM stops it too. */
    @Override
    public void close() {
        if (process == null) return;
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /**
     * The name is the title of a test: {@code cmpassport-mock exec} shows it next to the app's refusals. The settings are
     * JSON, the fields of POST /_mock/apps: {@code {"capabilities":["tokenValidate"]}}.
     */
    public App createApp(String name, String settings) {
        String plain = name.replaceAll("[\"\\\\\\p{Cntrl}]", " ");
        String title = "{\"name\":\"" + plain.substring(0, Math.min(plain.length(), 100)) + "\"";
        String others = settings.trim().substring(1).trim();
        return new App(title + (others.equals("}") ? "" : ",") + others);
    }

    public App createApp(String settings) {
        return new App(settings);
    }

    public App createApp() {
        return new App("{}");
    }

    /** An app with its own credentials, tokens, clock and requests: tests with an app each can run in parallel. */
    public final class App implements AutoCloseable {
        public final String baseUrl = CarrierMock.this.baseUrl;
        public final String appId, appKey, appSecret, platformPublicKey;
        /** The private keys of 应用公钥1 and 应用公钥2, PKCS#8 in Base64. Null without {@code "generateKeys":true}. */
        public final String appSignPrivateKey, appDecryptPrivateKey;

        private App(String settings) {
            String app = call("POST", "/apps", settings);
            appId = Json.text(app, "appId");
            appKey = Json.text(app, "appKey");
            appSecret = Json.text(app, "appSecret");
            platformPublicKey = Json.text(app, "platformPublicKey");
            appSignPrivateKey = Json.text(app, "appSignPrivateKey");
            appDecryptPrivateKey = Json.text(app, "appDecryptPrivateKey");
        }

        /** Returns a token like the one that the SDK in the phone gets, for loginTokenValidate or tokenValidate. */
        public String mint(String operation, String phoneNumber) {
            String body = String.format("{\"capability\":\"%s\",\"phoneNumber\":\"%s\"}", operation, phoneNumber);
            return Json.text(call("POST", "/apps/" + appId + "/tokens", body), "token");
        }

        /** Sets the outcomes of the next requests: {@code 103211*2, delay(3s) pass, reset}. */
        public void script(String operation, String script) {
            call("PUT", "/apps/" + appId + "/outcomes/" + operation, "{\"script\":\"" + script + "\"}");
        }

        /** Moves the clock of this app forward: {@code 2m}. */
        public void advanceClock(String by) {
            call("POST", "/apps/" + appId + "/clock/advance", "{\"by\":\"" + by + "\"}");
        }

        /** Resets the app to the state in which it was created. The credentials stay. */
        public void reset() {
            call("POST", "/apps/" + appId + "/reset", "");
        }

        /** Fails unless this many requests with the appId reached the mock. */
        public void assertCalls(int times) {
            String counted = call("POST", "/requests/count", "{\"appId\":\"" + appId + "\"}");
            String count = Json.first(counted, "\"count\":(\\d+)");
            if (count.equals(String.valueOf(times))) return;
            throw new AssertionError("expected " + times + " requests with the appId " + appId + ", found " + count
                + (count.equals("0") ? notReached() : ""));
        }

        /** Fails if the mock has remarks on the requests: mistakes that it accepts and the carrier may refuse. */
        public void assertNoRemarks() {
            Matcher request = Json.ID.matcher(call("GET", "/requests?limit=1000&appId=" + appId, ""));
            while (request.find()) {
                String explanation = call("GET", "/requests/" + request.group(1) + "/explanation?lang=" + LANGUAGE, "");
                String remarks = findingsIn(explanation, "remark");
                if (!remarks.isEmpty()) throw new AssertionError("expected no remarks, found" + remarks);
            }
        }

        private String notReached() {
            Set<String> others = new TreeSet<>();
            Matcher other = Json.APP_ID.matcher(call("GET", "/requests?limit=20", ""));
            while (other.find()) others.add(other.group(1));
            String arrived = others.isEmpty() ? "" : " The last requests have the appIds " + others + ".";
            return ". No request with that appId reached " + baseUrl + "." + arrived
                + " Check the base URL and the appId of the client."
                + " If it uses a proxy, that of another mock may have received the request: start one mock only, with"
                + " CarrierMock.startWithProxy() or `cmpassport-mock exec --proxy`.";
        }

        /**
         * Fails unless the newest request got this result code. The message contains the mock's explanation. A refusal that
         * is asserted is not in the summary of {@code cmpassport-mock exec}.
         */
        public void assertAnswered(String resultCode) {
            String newest = call("GET", "/requests?limit=1&appId=" + appId, "");
            String id = Json.text(newest, "id");
            if (id == null) {
                throw new AssertionError("expected " + resultCode + " for the appId " + appId + notReached());
            }
            String found = Json.text(newest, "resultCode");
            if (!resultCode.equals(found)) {
                throw new AssertionError("expected " + resultCode + ", found " + found + explanation(id));
            }
            call("POST", "/requests/" + id + "/expected", "{}");
        }

        /** Fails unless the carrier charged this many requests. */
        public void assertCharged(int times) {
            String charged = Json.first(call("GET", "/apps/" + appId + "/ledger", ""), "\"charged\":(\\d+)");
            if (charged.equals(String.valueOf(times))) return;
            throw new AssertionError("expected " + times + " charged requests, found " + charged);
        }

        /** Removes the app. */
        @Override
        public void close() {
            call("DELETE", "/apps/" + appId, "");
        }

        /** Returns the explanation of the newest refused request, or "" without one or if the test asserted it. */
        public String unexpectedRefusal() {
            String newest = call("GET", "/requests?kind=refused&limit=1&appId=" + appId, "");
            String id = Json.text(newest, "id");
            if (id == null || newest.contains("\"expected\":true")) return "";
            return "refused with " + Json.text(newest, "resultCode") + explanation(id);
        }
    }

    private String explanation(String requestId) {
        String path = "/requests/" + requestId + "/explanation?lang=" + LANGUAGE;
        String explanation = call("GET", path, "");
        StringBuilder lines = new StringBuilder(findingsIn(explanation, "\\w+"));
        String stringToSign = Json.text(explanation, "stringToSign");
        if (stringToSign != null) lines.append("\n" + STRING_TO_SIGN + COLON).append(stringToSign);
        return lines.append("\nGET ").append(baseUrl).append("/_mock").append(path).toString();
    }

    private static String findingsIn(String explanation, String role) {
        String pattern = "\"role\":\"" + role + "\",\"title\":" + Json.TEXT + ",\"detail\":" + Json.TEXT;
        Matcher finding = Pattern.compile(pattern).matcher(explanation);
        StringBuilder lines = new StringBuilder();
        while (finding.find()) {
            lines.append("\n- ").append(Json.plain(finding.group(1))).append(COLON).append(Json.plain(finding.group(2)));
        }
        return lines.toString();
    }

    private static CarrierMock startPackage(String... flags) {
        String main = installed().toString();
        try {
            Path log = Files.createTempFile("cmpassport-mock", ".log");
            log.toFile().deleteOnExit();
            // The mock ends with its standard input, also if the JVM is killed.
            ProcessBuilder command = new ProcessBuilder("node", main, "--with-parent").redirectErrorStream(true);
            command.command().addAll(Arrays.asList(flags));
            Process process = command.redirectOutput(log.toFile()).start();
            return eventually(process::isAlive, () -> started(log, process));
        } catch (IOException problem) {
            throw new IllegalStateException("`node` cannot be started: " + problem.getMessage()
                + ". Install Node 20.19 or newer, or set CMPASSPORT_BASE to a running mock.", problem);
        }
    }

    /** The package is not on a registry, so npx cannot find it. */
    private static Path installed() {
        Path here = Paths.get("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(PACKAGE))) return folder.resolve(PACKAGE);
        }
        throw new IllegalStateException("cmpassport-mock is not installed in " + here + " or above it. Run"
            + " `npm install --save-dev /path/to/cmpassport-mock-<version>.tgz` (`npm run release:pack` in the clone makes"
            + " the file), or set CMPASSPORT_BASE to a running mock.");
    }

    private static CarrierMock started(Path log, Process process) {
        try {
            String output = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            Matcher started = STARTED.matcher(output);
            if (started.find()) return new CarrierMock(started.group(1), process, PROXY.matcher(output));
            throw new IllegalStateException("cmpassport-mock did not start. Its output:\n" + output);
        } catch (IOException problem) {
            throw new IllegalStateException("cannot read " + log, problem);
        }
    }

    /** Retries until the deadline, as long as canSucceed returns true. Throws the last failure. */
    private static CarrierMock eventually(BooleanSupplier canSucceed, Supplier<CarrierMock> attempt) {
        long deadline = System.nanoTime() + READY_WITHIN_MS * 1_000_000L;
        for (; ; LockSupport.parkNanos(50_000_000)) {
            boolean last = !canSucceed.getAsBoolean() || System.nanoTime() > deadline;
            try {
                return attempt.get();
            } catch (IllegalStateException notReady) {
                if (last) throw notReady;
            }
        }
    }

    private String call(String method, String path, String body) {
        int status;
        String text;
        try {
            HttpURLConnection connection = connectionTo(path);
            connection.setRequestMethod(method);
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            status = connection.getResponseCode();
            text = textOf(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        } catch (IOException problem) {
            throw new IllegalStateException("no mock responds at " + baseUrl + ". Start one, or set CMPASSPORT_BASE.",
                problem);
        }
        if (status < 300) return text;
        throw new IllegalStateException(method + " " + path + ": " + status + " " + text);
    }

    private HttpURLConnection connectionTo(String path) throws IOException {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(baseUrl + "/_mock" + path).toURL().openConnection();
        connection.setConnectTimeout(READY_WITHIN_MS);
        connection.setReadTimeout(READY_WITHIN_MS);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json");
        String controlToken = System.getenv("CMPASSPORT_CONTROL_TOKEN");
        if (controlToken != null) connection.setRequestProperty("Authorization", "Bearer " + controlToken);
        return connection;
    }

    /** Returns "" for null, which is the error stream of a response without a body. */
    private static String textOf(InputStream response) throws IOException {
        if (response == null) return "";
        try (InputStream stream = response) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int count; (count = stream.read(buffer)) != -1; ) bytes.write(buffer, 0, count);
            return bytes.toString("UTF-8");
        }
    }

    /** Reads the mock's JSON, which has no spaces. Quotes in strings are escaped, so a string never looks like a name. */
    private static final class Json {
        static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
        static final Pattern APP_ID = Pattern.compile("\"appId\":" + TEXT);
        static final Pattern ID = Pattern.compile("\\{\"id\":\"([\\w-]+)\"");
        private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");
        private static final String NAMES = "bfnrt", CONTROLS = "\b\f\n\r\t";

        /** Returns the first string with this name, or null. */
        static String text(String json, String name) {
            String found = first(json, "\"" + name + "\":" + TEXT);
            return found == null ? null : plain(found);
        }

        static String first(String json, String pattern) {
            Matcher found = Pattern.compile(pattern).matcher(json);
            return found.find() ? found.group(1) : null;
        }

        static String plain(String escaped) {
            Matcher escape = ESCAPE.matcher(escaped);
            StringBuffer text = new StringBuffer();
            while (escape.find()) {
                char character = escape.group(1) == null
                    ? named(escape.group(2).charAt(0))
                    : (char) Integer.parseInt(escape.group(1), 16);
                escape.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(character)));
            }
            return escape.appendTail(text).toString();
        }

        private static char named(char name) {
            int index = NAMES.indexOf(name);
            return index == -1 ? name : CONTROLS.charAt(index);
        }
    }
}
