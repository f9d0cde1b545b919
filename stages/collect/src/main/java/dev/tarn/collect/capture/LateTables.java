package dev.tarn.collect.capture;

import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.debezium.DebeziumConnector;
import dev.tarn.collect.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that joined a source whose first copy was done already. Debezium copies only the tables of its first start, so
 * we ask it for a copy of each later one, through its signal file.
 *
 * <p>Two marks in the write-ahead log frame the copy. After a restart Debezium looks for the place where it was, and
 * copies nothing before the log brings it a message, which an idle database never writes: so the first mark. While it
 * copies, it reads no log: so once it has passed the second one, the copy is over. Where Debezium is, Kafka Connect says;
 * the slot does not tell, since the driver moves it too.
 *
 * <p>The list lies in a file until then. A request that a killed process took with it is made again; copying twice does
 * no harm.
 */
final class LateTables {
    // Between the first mark and the beginning of its copy, Debezium may still read a little.
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final String connector;
    private final Path list;
    private final Path signals;
    private long readerBefore;
    private @Nullable String requestedFrom;
    private @Nullable Instant markedAt;
    private long goal;

    LateTables(String connector, Path list, Path signals) {
        this.connector = connector;
        this.list = list;
        this.signals = signals;
    }

    /** The tables that are still to be copied. */
    List<String> pending() throws IOException {
        return Files.exists(list) ? Files.readAllLines(list) : List.of();
    }

    /**
     * Notes tables before the connector learns of them.
     *
     * @param reader who reads the slot until then: he knows nothing of the new tables, and would drop the request
     */
    void add(List<String> tables, long reader) throws IOException {
        readerBefore = reader;
        List<String> all = new ArrayList<>(pending());
        tables.stream().filter(table -> !all.contains(table)).forEach(all::add);
        Files.createDirectories(list.resolveSibling("."));
        Path draft = list.resolveSibling(list.getFileName() + ".new");
        Files.write(draft, all);
        Files.move(
                draft,
                list,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        forgetRequest();
    }

    /** The connector was interrupted: what it was asked for may be lost. */
    void forgetRequest() {
        requestedFrom = null;
        markedAt = null;
        goal = 0;
    }

    /**
     * Goes one step further. Called while the connector streams with all tables in its settings.
     *
     * @param generation of the process that runs the connector
     */
    void advance(String generation, PostgresDatabase database, SourcePosition position, ConnectClient connect)
            throws IOException, InterruptedException, SQLException {
        List<String> tables = pending();
        if (tables.isEmpty() || position.reader() == readerBefore) {
            return;
        }
        if (!generation.equals(requestedFrom)) {
            forgetRequest();
            Files.createDirectories(signals.resolveSibling("."));
            Files.writeString(
                    signals,
                    DebeziumConnector.copyRequest(tables),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            requestedFrom = generation;
        } else if (markedAt == null) {
            if (!Files.exists(signals) || Files.size(signals) == 0) {
                long unused = database.mark();
                markedAt = Instant.now();
            }
        } else if (goal == 0) {
            goal = Instant.now().isAfter(markedAt.plus(SETTLING)) ? database.mark() : 0;
        } else if (connect.position(connector) >= goal) {
            Files.delete(list);
            forgetRequest();
        }
    }
}
