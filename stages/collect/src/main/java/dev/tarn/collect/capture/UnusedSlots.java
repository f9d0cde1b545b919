package dev.tarn.collect.capture;

import dev.tarn.collect.connect.ConnectorState;
import dev.tarn.collect.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replication slots of connectors that this lake has taken away. Each would keep the write-ahead log for ever, so they
 * are dropped, but only these: another lake may read the same server, and its slot rests while that lake is down.
 *
 * <p>The list lies in a file, since a slot can be dropped only after its connector has let go of it.
 */
final class UnusedSlots {
    private static final System.Logger LOG = System.getLogger(UnusedSlots.class.getName());

    private final Path list;

    UnusedSlots(Path list) {
        this.list = list;
    }

    /** Notes the slot of a connector that is about to be deleted, if it is in the embedded PostgreSQL. */
    void note(ConnectorState connector, List<PostgresDatabase> embedded) throws IOException {
        String slot = connector.settings().get("slot.name");
        if (slot == null) {
            return;
        }
        if (embedded.stream().anyMatch(database -> isIn(connector, database))) {
            Files.createDirectories(list.resolveSibling("."));
            Files.writeString(list, slot + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return;
        }
        // We have no login any more for a database elsewhere, so only its owner can drop the slot.
        LOG.log(
                System.Logger.Level.WARNING,
                "the slot of connector " + connector.name() + " at "
                        + connector.settings().get("database.hostname")
                        + " keeps the write-ahead log for ever. Run there:"
                        + " SELECT pg_drop_replication_slot('" + slot + "'); DROP PUBLICATION IF EXISTS \"" + slot
                        + "\"");
    }

    private static boolean isIn(ConnectorState connector, PostgresDatabase database) {
        return database.address().url().host().equals(connector.settings().get("database.hostname"))
                && Integer.toString(database.address().url().port())
                        .equals(connector.settings().get("database.port"));
    }

    /**
     * Drops those that nobody reads any more.
     *
     * @param wanted slots of sources that the settings have, perhaps again
     */
    void drop(PostgresDatabase embedded, Set<String> wanted) throws IOException, SQLException {
        if (!Files.exists(list)) {
            return;
        }
        List<String> left = new ArrayList<>();
        for (String slot : Files.readAllLines(list).stream().distinct().toList()) {
            if (!wanted.contains(slot) && !embedded.drop(slot)) {
                left.add(slot);
            }
        }
        if (left.isEmpty()) {
            Files.delete(list);
        } else {
            Files.write(list, left);
        }
    }
}
