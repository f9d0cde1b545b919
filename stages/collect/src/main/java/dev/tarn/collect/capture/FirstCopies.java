package dev.tarn.collect.capture;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.debezium.DebeziumConnector;
import dev.tarn.collect.load.DirectLoading;
import dev.tarn.collect.load.DirectLoads;
import dev.tarn.collect.load.LoadStatus;
import dev.tarn.collect.postgres.PostgresDatabase;
import dev.tarn.settings.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the rows of a source's tables come into the lake that are there before their changes: the sinks read them from the
 * database, or Debezium copies them through Kafka, by the source's settings or since a table cannot be read in the other way.
 */
final class FirstCopies {
    private static final System.Logger LOG = System.getLogger(FirstCopies.class.getName());

    private final boolean direct;
    private final DirectLoads loads;
    private final LateTables lateTables;

    FirstCopies(LakePlaces places, SourceSettings settings, String connector) {
        Path state = places.state().resolve("collect");
        this.direct = DirectLoading.isOf(settings);
        this.loads = new DirectLoads(
                state.resolve(settings.name() + ".loads"), DebeziumConnector.loadFolder(places, settings.name()));
        this.lateTables = new LateTables(
                connector,
                state.resolve(settings.name() + ".late"),
                DebeziumConnector.signalFile(places, settings.name()));
    }

    /** Whether Debezium copies the tables of its first start unasked. */
    boolean comeWithTheFirstStart() {
        return !direct;
    }

    /**
     * Notes tables, before the connector learns of them or to be copied anew.
     *
     * @param reader who reads the slot until then: he knows nothing of new tables; 0 if he knows all of them
     */
    void add(List<CapturedTable> tables, long reader) throws IOException {
        if (direct) {
            loads.add(tables, reader);
        } else {
            lateTables.add(names(tables), reader);
        }
    }

    static List<String> names(List<CapturedTable> tables) {
        return tables.stream().map(table -> table.table().fullName()).toList();
    }

    /** The connector was interrupted: what it was asked for may be lost. */
    void forgetRequest() {
        lateTables.forgetRequest();
    }

    /**
     * Goes one step further. Called while the connector streams with all tables in its settings.
     *
     * @param generation of the process that runs the connector
     */
    void advance(
            List<CapturedTable> captured,
            String generation,
            PostgresDatabase database,
            SourcePosition position,
            ConnectClient connect)
            throws IOException, InterruptedException, SQLException {
        if (direct) {
            leaveToDebezium(loads.advance(captured, position.reader()));
        } else if (loads.isPending()) {
            lateTables.add(loads.cancel(captured), 0);
        }
        lateTables.advance(generation, database, position, connect);
    }

    private void leaveToDebezium(List<LoadStatus> unfit) throws IOException {
        for (LoadStatus table : unfit) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "table " + table.table() + " is copied by Debezium, through Kafka: " + table.message());
        }
        if (!unfit.isEmpty()) {
            lateTables.add(unfit.stream().map(LoadStatus::table).toList(), 0);
        }
    }

    boolean arePending() throws IOException {
        return loads.isPending() || !lateTables.pending().isEmpty();
    }

    /** How far the loads are that are not over; what Debezium copies is not among them. */
    List<LoadStatus> loads(List<CapturedTable> captured) {
        try {
            return loads.statuses(captured);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "how far loads are cannot be read", e);
            return List.of();
        }
    }

    /** What is copied, and how far that is, in words; empty if nothing is. */
    String words(List<CapturedTable> captured) {
        try {
            return Stream.concat(loads(captured).stream().map(LoadStatus::text), lateTables.pending().stream())
                    .collect(Collectors.joining("; "));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "what is copied cannot be read", e);
            return "";
        }
    }
}
