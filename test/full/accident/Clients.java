import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Java's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error. */
class Clients {
    interface Client {
        String get(String url) throws Exception;
    }

    static final Map<String, Client> CLIENTS = Map.ofEntries(
        Map.entry("HttpURLConnection", url -> text(new URL(url).openConnection().getInputStream())),
        // As hutool 5.8 does by default.
        Map.entry("HttpURLConnection, all certificates", url -> {
            HttpsURLConnection connection = (HttpsURLConnection) new URL(url).openConnection();
            connection.setSSLSocketFactory(trustAll().getSocketFactory());
            connection.setHostnameVerifier((name, session) -> true);
            return text(connection.getInputStream());
        }),
        Map.entry("HttpClient", url -> java.net.http.HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body()),
        Map.entry("OkHttp", url -> new okhttp3.OkHttpClient()
            .newCall(new okhttp3.Request.Builder().url(url).build()).execute().body().string()),
        Map.entry("RestTemplate", url -> new org.springframework.web.client.RestTemplate().getForObject(url, String.class)),
        Map.entry("Apache 4 new DefaultHttpClient()", url -> apache4(new org.apache.http.impl.client.DefaultHttpClient(), url)),
        Map.entry("Apache 4 createDefault()", url -> apache4(org.apache.http.impl.client.HttpClients.createDefault(), url)),
        Map.entry("Apache 4 createSystem()", url -> apache4(org.apache.http.impl.client.HttpClients.createSystem(), url)),
        Map.entry("Apache 4, all certificates", url -> apache4(org.apache.http.impl.client.HttpClients.custom()
            .setSSLContext(trustAll()).setSSLHostnameVerifier((name, session) -> true).build(), url)),
        Map.entry("Apache 5 createDefault()", url -> apache5(org.apache.hc.client5.http.impl.classic.HttpClients.createDefault(), url)),
        Map.entry("Apache 5 createSystem()", url -> apache5(org.apache.hc.client5.http.impl.classic.HttpClients.createSystem(), url)));

    public static void main(String[] args) throws Exception {
        for (Map.Entry<String, Client> client : CLIENTS.entrySet()) {
            String found;
            try {
                found = client.getValue().get(args[0]);
            } catch (Exception error) {
                found = error.toString();
            }
            System.out.println(client.getKey() + "\t" + found.replaceAll("\\s+", " "));
        }
        // OkHttp's connection pool has a thread.
        System.exit(0);
    }

    static String apache4(org.apache.http.client.HttpClient client, String url) throws Exception {
        return text(client.execute(new org.apache.http.client.methods.HttpGet(url)).getEntity().getContent());
    }

    static String apache5(org.apache.hc.client5.http.classic.HttpClient client, String url) throws Exception {
        return client.execute(new org.apache.hc.client5.http.classic.methods.HttpGet(url),
            response -> text(response.getEntity().getContent()));
    }

    static String text(InputStream stream) throws java.io.IOException {
        return new String(stream.readAllBytes());
    }

    static SSLContext trustAll() throws Exception {
        TrustManager all = new X509TrustManager() {
            public void checkClientTrusted(X509Certificate[] chain, String type) {}
            public void checkServerTrusted(X509Certificate[] chain, String type) {}
            public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {all}, null);
        return context;
    }
}
