package dev.tarn.collect.capture;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Up to which moment all that a source committed is in Kafka, and where its topics ended when that was so. A table that has
 * read its topic up to there lacks nothing of before that moment, also if nothing has changed in it for days: by this,
 * readers know which states of the lake are complete. It stands in the file {@code <source>.reach}:
 *
 * <pre>{"source":"moma","throughMillis":1764000000000,"lsn":28390216,"ends":{"museum.public.artworks-0":2041}}</pre>
 *
 * <p>The proof: at a look at the database its clock says t and its log ends at L. Once the slot's reader has confirmed L,
 * which it does for what Kafka has acknowledged alone, every transaction that committed before L is in Kafka.
 *
 * <p>After its start Debezium confirms nothing until the log brings it a message, which an idle database never writes: then
 * a mark is written for it.
 */
final class SourceReach {
    /** Between the time that a transaction says it committed at and its record in the log. */
    private static final long MARGIN_MILLIS = 1_000;

    private static final int LOOKS_REMEMBERED = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MARK_EVERY = Duration.ofMinutes(1);

    private final String source;
    private final Path file;
    /** What is not confirmed yet, oldest first. */
    private final Deque<Look> looks = new ArrayDeque<>();

    private long markedAtMillis;

    private record Look(long millis, long lsn) {}

    SourceReach(String source, Path file) {
        this.source = source;
        this.file = file;
    }

    /** Forgets what is not proved: while a table is copied, the log does not tell what Kafka lacks. */
    void pause() {
        looks.clear();
    }

    /** @param topics of the source */
    void advance(SourcePosition position, List<String> topics, PostgresDatabase database, ConnectClient connect)
            throws IOException, InterruptedException, SQLException {
        looks.addLast(new Look(position.millis(), position.endLsn()));
        if (looks.size() > LOOKS_REMEMBERED) {
            looks.removeFirst();
        }
        Look confirmed = null;
        while (!looks.isEmpty() && looks.getFirst().lsn() <= position.confirmedLsn()) {
            confirmed = looks.removeFirst();
        }
        if (confirmed != null) {
            write(confirmed, connect.ends(topics));
        } else if (position.millis() - looks.getFirst().millis() > PATIENCE.toMillis()
                && position.millis() - markedAtMillis > MARK_EVERY.toMillis()) {
            markedAtMillis = position.millis();
            long unused = database.mark();
        }
    }

    private void write(Look confirmed, Map<String, Long> ends) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("source", source);
        document.put("throughMillis", confirmed.millis() - MARGIN_MILLIS);
        document.put("lsn", confirmed.lsn());
        document.put("ends", ends);
        Files.createDirectories(file.resolveSibling("."));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, JSON.std.asString(document));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
