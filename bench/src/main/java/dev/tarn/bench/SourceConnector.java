package dev.tarn.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The connector that reads the source, through Kafka Connect's REST API. */
final class SourceConnector {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;

    SourceConnector(String connectUrl, String name) {
        this.url = connectUrl + "/connectors/" + name;
    }

    /** Ends its task. A paused one would read on until its queue is full: a head start of 32,768 changes. */
    void stop() throws IOException, InterruptedException {
        call("PUT", "/stop");
        await("STOPPED");
    }

    /** Has it read again, and does not wait until it does. */
    void resume() throws IOException, InterruptedException {
        call("PUT", "/resume");
    }

    private void await(String state) {
        Awaitility.await("the connector is " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> call("GET", "/status").contains("\"connector\":{\"state\":\"" + state + "\""));
    }

    private String call(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + url + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
