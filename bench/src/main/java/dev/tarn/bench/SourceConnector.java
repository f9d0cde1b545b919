package dev.tarn.bench;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The connector that reads the source. */
final class SourceConnector {
    private final ConnectWorker worker;
    private final String path;

    SourceConnector(ConnectWorker worker, String name) {
        this.worker = worker;
        this.path = "/connectors/" + name;
    }

    /** Ends its task. A paused one would read on until its queue is full: a head start of 8,192 changes. */
    void stop() throws IOException, InterruptedException {
        worker.call("PUT", path + "/stop");
        await("STOPPED");
    }

    /** Has it read again, and does not wait until it does. */
    void resume() throws IOException, InterruptedException {
        worker.call("PUT", path + "/resume");
    }

    private void await(String state) {
        Awaitility.await("the connector is " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        worker.call("GET", path + "/status").contains("\"connector\":{\"state\":\"" + state + "\""));
    }
}
