package dev.tarn.collect.capture;

import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.connect.ConnectorState;
import dev.tarn.collect.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows where a source's replication slot no longer has what was not read: dropped, invalidated, gone with a server
 * that was replaced. The connector refuses to make another one by itself, since that would begin at the end of the log and
 * say nothing of what lies between. So it is stopped, what it knows of its place is forgotten, a slot of no more use is
 * dropped, and it starts as if for the first time, with all tables to be loaded again.
 *
 * <p>The reason stands in a file until the connector has been started: whoever dies in between begins anew.
 */
final class SlotRenewal {
    private static final System.Logger LOG = System.getLogger(SlotRenewal.class.getName());

    /** What the connector's task ends its refusal with. */
    private static final String LOST = "[SLOT_LOST]";

    private final String connector;
    private final String slot;
    private final Path file;

    SlotRenewal(String connector, String slot, Path file) {
        this.connector = connector;
        this.slot = slot;
        this.file = file;
    }

    /** Whether a connector has failed for want of its slot. */
    static boolean isWantedBy(String failure) {
        return failure.contains(LOST);
    }

    /** Why the slot is being renewed; empty if it is not. */
    Optional<String> reason() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    void begin(String reason) throws IOException {
        LOG.log(System.Logger.Level.WARNING, reason);
        Files.createDirectories(file.resolveSibling("."));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, reason + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Goes one step further.
     *
     * @param state of the connector; null if there is none
     */
    void advance(@Nullable ConnectorState state, PostgresDatabase database, ConnectClient connect)
            throws IOException, InterruptedException, SQLException {
        if (state == null) {
            return;
        }
        if (!state.isStopped()) {
            connect.stop(connector);
        } else if (database.dropSlot(slot)) {
            connect.forgetOffsets(connector);
            connect.resume(connector);
            Files.deleteIfExists(file);
            LOG.log(System.Logger.Level.INFO, "connector " + connector + " begins anew, with a slot of its own");
        }
    }
}
