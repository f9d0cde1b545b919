package dev.tarn.server;

import dev.tarn.services.ExternalWatch;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.ResidentMemory;
import dev.tarn.services.ServiceState;
import dev.tarn.services.ServiceStatus;
import dev.tarn.services.Supervisor;
import dev.tarn.settings.LakeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the lake says of itself: one document for the command and for scripts. */
final class LakeReport {
    private static final Set<ServiceState> SERVING = EnumSet.of(ServiceState.HEALTHY, ServiceState.EXTERNAL);
    private static final Set<ServiceState> TROUBLE =
            EnumSet.of(ServiceState.RESTARTING, ServiceState.UNRESPONSIVE, ServiceState.UNREACHABLE);

    private final LakeSettings settings;
    private final LakeDirectory lake;
    private final @Nullable String profile;
    private final Supervisor supervisor;
    private final ExternalWatch external;
    private final BooleanSupplier startsAnew;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private volatile boolean stopping;
    private volatile String address = "";

    /** @param startsAnew whether what runs is stopped only to start again, with other ports */
    LakeReport(
            LakeSettings settings,
            LakeDirectory lake,
            @Nullable String profile,
            Supervisor supervisor,
            ExternalWatch external,
            BooleanSupplier startsAnew) {
        this.settings = settings;
        this.lake = lake;
        this.profile = profile;
        this.supervisor = supervisor;
        this.external = external;
        this.startsAnew = startsAnew;
    }

    Instant startedAt() {
        return startedAt;
    }

    void listensOn(String url) {
        address = url;
    }

    void stopping() {
        stopping = true;
    }

    static String version() {
        String version = LakeReport.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The document, ready to be written as JSON. */
    Map<String, @Nullable Object> document() {
        List<ServiceStatus> statuses = new ArrayList<>(supervisor.statuses());
        statuses.addAll(external.statuses());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("lake", settings.name());
        document.put("directory", lake.root().toString());
        document.put("profile", profile);
        document.put("version", version());
        document.put("pid", ProcessHandle.current().pid());
        document.put("user", System.getProperty("user.name"));
        document.put(
                "state",
                state(
                        stopping,
                        startsAnew.getAsBoolean(),
                        statuses.stream().map(ServiceStatus::state).collect(Collectors.toSet())));
        document.put("address", address);
        document.put("startedAt", startedAt.toString());
        document.put("memoryBytes", ResidentMemory.ofAlone(ProcessHandle.current()));
        document.put("uptimeMillis", Duration.between(startedAt, Instant.now()).toMillis());
        document.put("services", statuses.stream().map(LakeReport::fields).toList());
        return document;
    }

    /** A lake is ready when each of its services is, and in no other case: 'tarn up' returns at that word. */
    static String state(boolean stopping, boolean startsAnew, Set<ServiceState> states) {
        if (stopping) {
            return "stopping";
        }
        if (startsAnew) {
            return "starting";
        }
        if (states.contains(ServiceState.FAILED)) {
            return "failed";
        }
        if (!Collections.disjoint(states, TROUBLE)) {
            return "degraded";
        }
        return SERVING.containsAll(states) ? "ready" : "starting";
    }

    private static Map<String, @Nullable Object> fields(ServiceStatus status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", status.name());
        fields.put("state", status.state().word());
        boolean runs = status.pid() != 0;
        fields.put("pid", runs ? status.pid() : null);
        fields.put("addresses", status.addresses());
        fields.put("memoryBytes", runs ? status.memoryBytes() : null);
        fields.put("uptimeMillis", runs ? status.uptime().toMillis() : null);
        fields.put("version", status.version());
        fields.put("restarts", status.restarts());
        fields.put("message", status.message());
        return fields;
    }
}
