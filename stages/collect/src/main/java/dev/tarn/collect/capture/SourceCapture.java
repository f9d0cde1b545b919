package dev.tarn.collect.capture;

import dev.tarn.collect.CapturePlan;
import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.DatabaseView;
import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.LakeTable;
import dev.tarn.collect.SharedNames;
import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.SourceTable;
import dev.tarn.collect.capture.SourceStatus.SinkStatus;
import dev.tarn.collect.capture.SourceStatus.TableStatus;
import dev.tarn.collect.connect.AvroConverters;
import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.connect.ConnectClient.RefusedException;
import dev.tarn.collect.connect.ConnectorState;
import dev.tarn.collect.connect.SinkConnectors;
import dev.tarn.collect.connect.TaskRestarts;
import dev.tarn.collect.debezium.DebeziumConnector;
import dev.tarn.collect.debezium.SlotName;
import dev.tarn.collect.postgres.PostgresDatabase;
import dev.tarn.model.TarnException;
import dev.tarn.settings.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One source: what was seen of it last, and the next step towards what its settings ask for. One thread at a time. */
final class SourceCapture {
    private static final System.Logger LOG = System.getLogger(SourceCapture.class.getName());

    private final LakePlaces places;
    private final SourceSettings settings;
    private final PostgresDatabase database;
    private final String connector;
    private final String slot;
    private final FirstCopies copies;
    private final TableShapes shapes;
    private final SourceReach reach;
    private final SeenSlot seenSlot;
    private final SlotRenewal renewal;
    private final TaskRestarts restarts = new TaskRestarts();

    /** Also read by those who ask for a table. */
    private volatile @Nullable CapturePlan plan;

    private List<String> problems = List.of();
    private Optional<SourcePosition> position = Optional.empty();
    private @Nullable String unreachable;
    private @Nullable String refusal;
    private @Nullable String lastError;
    private @Nullable String renewing;

    SourceCapture(LakePlaces places, SourceSettings settings, PostgresDatabase database) {
        this.places = places;
        this.settings = settings;
        this.database = database;
        this.connector = DebeziumConnector.name(places.lake(), settings.name());
        this.slot = SlotName.of(places.lake(), settings.name());
        this.shapes = new TableShapes(places.state().resolve("collect").resolve(settings.name() + ".shapes"));
        this.reach = new SourceReach(
                settings.name(), places.state().resolve("collect").resolve(settings.name() + ".reach"));
        this.seenSlot = new SeenSlot(DebeziumConnector.slotFile(places, settings.name()));
        this.renewal = new SlotRenewal(connector, slot, renewalFile(places, settings.name()));
        this.copies = new FirstCopies(places, settings, connector);
    }

    private static Path renewalFile(LakePlaces places, String source) {
        return places.state().resolve("collect").resolve(source + ".renewal");
    }

    /** The files of what is known of a source's place in its database's log. */
    static List<Path> ofItsPlace(LakePlaces places, String source) {
        return List.of(DebeziumConnector.slotFile(places, source), renewalFile(places, source));
    }

    String name() {
        return settings.name();
    }

    String slot() {
        return slot;
    }

    PostgresDatabase database() {
        return database;
    }

    /** Where the rows of a table of the lake come from; empty if not from here. */
    Optional<FollowedTable> find(String lakeTable) {
        CapturePlan known = plan;
        if (known == null) {
            return Optional.empty();
        }
        return known.tables().stream()
                .filter(captured -> captured.lakeTables().stream()
                        .anyMatch(each -> each.name().equals(lakeTable)))
                .findFirst()
                .map(captured -> new FollowedTable(
                        settings.name(),
                        captured.table(),
                        captured.key(),
                        captured.settings().partition(),
                        slot,
                        database.address()));
    }

    /** Lets the database's connection go. */
    void close() {
        database.close();
    }

    /** Whether a connector belongs to this source. */
    boolean owns(String name) {
        return name.equals(connector) || name.startsWith(connector + ".");
    }

    /** Looks at the database, and finds out what should flow. */
    void look(SharedNames names) {
        try {
            DatabaseView view = database.look(slot);
            plan = CapturePlan.of(settings, view);
            position = view.position();
            unreachable = null;
        } catch (SQLException e) {
            unreachable = String.valueOf(e.getMessage());
        }
        if (plan != null) {
            List<String> all = new ArrayList<>(plan.problems());
            all.addAll(names.claim(settings.name(), plan.tables()));
            problems = all;
        }
    }

    /** The connectors that should run now; empty if nothing may be changed now. */
    Optional<Map<String, Map<String, String>>> wanted(Map<String, ConnectorState> running, Set<String> plugins) {
        boolean deployed = running.containsKey(connector);
        refusal = null;
        if (plan == null
                || !problems.isEmpty()
                || plan.tables().isEmpty()
                || !plan.missing().isEmpty() && !deployed) {
            return Optional.empty();
        }
        List<CapturedTable> tables = plan.tables();
        Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
        try {
            wanted.put(
                    connector,
                    DebeziumConnector.settings(
                            places,
                            settings,
                            database.address().url(),
                            database.address().login().get(),
                            tables,
                            AvroConverters.settings(places)));
        } catch (TarnException e) {
            refusal = e.getMessage();
            return Optional.empty();
        }
        if (plugins.contains(SinkConnectors.LAKE_SINK)) {
            for (CapturedTable captured : tables) {
                for (LakeTable table : captured.lakeTables()) {
                    Map<String, String> sink = SinkConnectors.table(places, settings, captured, table);
                    sink.putAll(SinkConnectors.load(places, settings, captured, database.address()));
                    wanted.put(SinkConnectors.tableName(places.lake(), settings.name(), table.name()), sink);
                }
            }
        }
        if (plugins.contains(SinkConnectors.RAW_SINK)) {
            wanted.put(
                    SinkConnectors.rawName(places.lake(), settings.name()),
                    SinkConnectors.raw(places, settings, tables));
        }
        return Optional.of(wanted);
    }

    /** Brings Kafka Connect in line. */
    void apply(Map<String, Map<String, String>> wanted, Map<String, ConnectorState> running, ConnectClient connect)
            throws IOException, InterruptedException {
        shapes.begin(sourceTables());
        for (Map.Entry<String, Map<String, String>> entry : wanted.entrySet()) {
            ConnectorState state = running.get(entry.getKey());
            if (state != null && sameSettings(state.settings(), entry.getValue())) {
                continue;
            }
            if (entry.getKey().equals(connector)) {
                noteNewTables(state, entry.getValue());
            }
            try {
                connect.put(entry.getKey(), entry.getValue());
                restarts.forget(entry.getKey());
                LOG.log(
                        System.Logger.Level.INFO,
                        "connector " + entry.getKey() + (state == null ? " made" : " changed"));
            } catch (RefusedException e) {
                if (e.isPassing()) {
                    throw e;
                }
                refusal = "Kafka Connect refuses connector '" + entry.getKey() + "': " + e.getMessage();
            }
        }
        for (ConnectorState state : running.values()) {
            if (owns(state.name()) && !wanted.containsKey(state.name())) {
                connect.delete(state.name());
                LOG.log(System.Logger.Level.INFO, "connector " + state.name() + " deleted");
            }
        }
    }

    private static boolean sameSettings(Map<String, String> running, Map<String, String> wanted) {
        Map<String, String> given = new TreeMap<>(running);
        given.remove("name");
        return given.equals(wanted);
    }

    private void noteNewTables(@Nullable ConnectorState state, Map<String, String> wanted) throws IOException {
        if (list(wanted).length == 0 || state == null && copies.comeWithTheFirstStart()) {
            return;
        }
        Set<String> before = state == null ? Set.of() : Set.of(list(state.settings()));
        List<CapturedTable> added = captured().stream()
                .filter(table -> !before.contains(DebeziumConnector.tablePattern(table)))
                .toList();
        if (!added.isEmpty()) {
            copies.add(added, position.map(SourcePosition::reader).orElse(0L));
        }
    }

    /**
     * Has tables loaded anew.
     *
     * @param tables of the database, with their schemas; all of the source's if there is none
     * @return those that will be
     */
    List<String> load(List<String> tables) throws IOException {
        List<CapturedTable> chosen = captured().stream()
                .filter(table ->
                        tables.isEmpty() || tables.contains(table.table().fullName()))
                .toList();
        copies.add(chosen, 0);
        return FirstCopies.names(chosen);
    }

    private List<CapturedTable> captured() {
        return plan == null ? List.of() : plan.tables();
    }

    private static String[] list(Map<String, String> settings) {
        return Arrays.stream(settings.getOrDefault("table.include.list", "").split(",", -1))
                .distinct()
                .toArray(String[]::new);
    }

    /** Starts again what failed, and asks for copies of tables that came late. */
    void mend(Map<String, ConnectorState> running, ConnectClient connect, String generation)
            throws IOException, InterruptedException {
        renewing = renewal.reason().orElse(null);
        if (renewing != null) {
            renewSlot(running, connect);
            return;
        }
        Instant now = Instant.now();
        for (ConnectorState state : running.values()) {
            if (!owns(state.name())) {
                continue;
            }
            Optional<String> failure = state.failure();
            if (failure.isEmpty()) {
                restarts.runs(state.name(), now);
                continue;
            }
            String error = state.name() + ": " + failure.orElseThrow();
            if (lastError == null || !lastError.endsWith(error)) {
                lastError = now.truncatedTo(ChronoUnit.SECONDS) + " " + error;
                LOG.log(System.Logger.Level.WARNING, "connector " + error);
            }
            if (state.name().equals(connector)) {
                copies.forgetRequest();
                if (SlotRenewal.isWantedBy(error) && plan != null) {
                    beginRenewal(failure.orElseThrow());
                    return;
                }
            }
            if (restarts.isDue(state.name(), now)) {
                LOG.log(System.Logger.Level.INFO, "connector " + state.name() + " is started again");
                connect.restartFailed(state.name());
            }
        }
        seenSlot.note(position);
        ConnectorState reader = running.get(connector);
        Optional<SourcePosition> active = position.filter(SourcePosition::active);
        if (reader != null && reader.isRunning() && active.isPresent()) {
            copyReshapedTables();
            try {
                copies.advance(captured(), generation, database, active.orElseThrow(), connect);
            } catch (SQLException e) {
                unreachable = String.valueOf(e.getMessage());
            }
            advanceReach(active.orElseThrow(), connect);
        } else {
            reach.pause();
        }
    }

    private void beginRenewal(String reason) throws IOException {
        // Before the connector starts: its first changes must not make the tables look whole.
        if (!copies.comeWithTheFirstStart()) {
            copies.add(captured(), 0);
        }
        renewing = reason;
        renewal.begin(reason);
        seenSlot.forget();
        restarts.forget(connector);
    }

    private void renewSlot(Map<String, ConnectorState> running, ConnectClient connect)
            throws IOException, InterruptedException {
        reach.pause();
        copies.forgetRequest();
        try {
            renewal.advance(running.get(connector), database, connect);
        } catch (SQLException e) {
            unreachable = String.valueOf(e.getMessage());
        }
    }

    private void advanceReach(SourcePosition seen, ConnectClient connect) throws IOException, InterruptedException {
        if (plan == null || unreachable != null || copies.arePending()) {
            reach.pause();
            return;
        }
        try {
            reach.advance(seen, DebeziumConnector.topics(places.lake(), plan.tables()), database, connect);
        } catch (SQLException e) {
            unreachable = String.valueOf(e.getMessage());
        }
    }

    private void copyReshapedTables() throws IOException {
        List<SourceTable> tables = sourceTables();
        List<String> reshaped = shapes.changed(tables);
        if (!reshaped.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "columns of " + String.join(", ", reshaped) + " have changed in every row: copied again");
            load(reshaped);
        }
        shapes.remember(tables);
    }

    private List<SourceTable> sourceTables() {
        return plan == null
                ? List.of()
                : plan.tables().stream().map(CapturedTable::table).toList();
    }

    /** What is known now. */
    SourceStatus status(Map<String, ConnectorState> running, Optional<String> waitsFor) {
        List<TableStatus> tables = plan == null
                ? List.of()
                : plan.tables().stream()
                        .map(table -> tableStatus(table, running))
                        .toList();
        SinkStatus raw = plan == null
                ? null
                : sinkStatus(
                        "raw",
                        "RAW",
                        SinkConnectors.rawName(places.lake(), settings.name()),
                        SinkConnectors.RAW_SINK,
                        running);
        State state = state(running, waitsFor);
        return new SourceStatus(
                settings.name(),
                connector,
                database.address().jdbcUrl(),
                state.state(),
                state.message(),
                problems,
                tables,
                raw,
                position,
                copies.loads(captured()),
                lastError);
    }

    private record State(SourceState state, @Nullable String message) {}

    private State state(Map<String, ConnectorState> running, Optional<String> waitsFor) {
        ConnectorState reader = running.get(connector);
        if (!problems.isEmpty()) {
            return new State(SourceState.REFUSED, String.join(" ", problems));
        }
        if (refusal != null) {
            return new State(SourceState.REFUSED, refusal);
        }
        if (waitsFor.isPresent()) {
            return new State(SourceState.STARTING, "waits for service '" + waitsFor.orElseThrow() + "'");
        }
        if (unreachable != null) {
            return new State(SourceState.UNREACHABLE, "its database does not answer: " + unreachable);
        }
        if (renewing != null) {
            return new State(SourceState.RESTARTING, renewing);
        }
        if (reader == null) {
            boolean missing = plan != null && !plan.missing().isEmpty();
            return missing
                    ? new State(SourceState.WAITING, "waits for " + missingTables())
                    : new State(SourceState.STARTING, null);
        }
        Optional<String> failure = reader.failure();
        if (failure.isPresent()) {
            int count = restarts.count(connector);
            return count < TaskRestarts.LIMIT
                    ? new State(SourceState.RESTARTING, failure.orElseThrow())
                    : new State(
                            SourceState.FAILED,
                            failure.orElseThrow() + " It was started again " + count
                                    + " times, and is every five minutes; mend the cause.");
        }
        if (!reader.isRunning()) {
            return new State(SourceState.STARTING, null);
        }
        if (!position.map(SourcePosition::active).orElse(false)) {
            return new State(SourceState.SNAPSHOTTING, null);
        }
        String copied = copies.words(captured());
        if (!copied.isEmpty()) {
            return new State(SourceState.SNAPSHOTTING, "copies " + copied);
        }
        boolean missing = plan != null && !plan.missing().isEmpty();
        return new State(SourceState.STREAMING, missing ? "waits for " + missingTables() : null);
    }

    private String missingTables() {
        String names =
                plan == null ? "" : plan.missing().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return names.contains(",") ? names + ", which do not exist yet" : names + ", which does not exist yet";
    }

    private TableStatus tableStatus(CapturedTable captured, Map<String, ConnectorState> running) {
        List<SinkStatus> sinks = captured.lakeTables().stream()
                .map(table -> sinkStatus(
                        table.name(),
                        table.type().name(),
                        SinkConnectors.tableName(places.lake(), settings.name(), table.name()),
                        SinkConnectors.LAKE_SINK,
                        running))
                .toList();
        return new TableStatus(captured.table().fullName(), captured.topic(places.lake()), sinks);
    }

    private SinkStatus sinkStatus(
            String target, String type, String name, String plugin, Map<String, ConnectorState> running) {
        ConnectorState state = running.get(name);
        if (state == null) {
            String reason = running.containsKey(connector)
                    ? "this program has no connector of class " + plugin
                    : "it begins with the source";
            return new SinkStatus(target, type, name, "absent", reason);
        }
        if (state.isRunning()) {
            return new SinkStatus(target, type, name, "running", null);
        }
        return state.failure()
                .map(reason -> new SinkStatus(
                        target,
                        type,
                        name,
                        restarts.count(name) < TaskRestarts.LIMIT ? "restarting" : "failed",
                        reason))
                .orElseGet(() -> new SinkStatus(target, type, name, "starting", null));
    }
}
