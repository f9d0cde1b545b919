package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Kafka Connect of a lake, through its REST API. */
final class ConnectWorker {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;

    ConnectWorker(String url) {
        this.url = url;
    }

    /** Ends the task of a connector as soon as there is one of this name. */
    void stopWhenItAppears(String connector) {
        Awaitility.await("there is a connector " + connector)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> call("PUT", "/connectors/" + connector + "/stop").isEmpty());
    }

    /** The offset after the last record of a topic's partition 0; 0 where there is no such topic. */
    long end(String topic) throws IOException, InterruptedException {
        Object end = JSON.std.mapFrom(call("GET", "/tarn/ends?topic=" + topic)).get(topic + "-0");
        return end instanceof Number number ? number.longValue() : 0;
    }

    /** Waits until a topic's partition 0 reaches an offset. */
    void awaitEnd(String topic, long offset) {
        Awaitility.await("offset " + offset + " of " + topic)
                .atMost(Duration.ofHours(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> end(topic) >= offset);
    }

    /** @throws IOException if it is refused */
    String call(String method, String path) throws IOException, InterruptedException {
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
