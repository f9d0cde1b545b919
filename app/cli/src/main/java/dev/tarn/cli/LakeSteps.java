package dev.tarn.cli;

import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.server.ServiceState;
import dev.tarn.cli.server.ServiceStatus;
import dev.tarn.cli.terminal.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far the services of a lake are on their way up or down. */
final class LakeSteps {
    private static final Set<ServiceState> UP = Set.of(ServiceState.HEALTHY, ServiceState.EXTERNAL);
    private static final Set<ServiceState> DOWN =
            Set.of(ServiceState.STOPPED, ServiceState.EXTERNAL, ServiceState.UNREACHABLE);

    private LakeSteps() {}

    static Steps starting(Optional<LakeStatus> lake) {
        return of(lake, UP);
    }

    static Steps stopping(Optional<LakeStatus> lake) {
        return of(lake, DOWN);
    }

    /** A server that does not answer yet, or no longer, is all that is pending. */
    private static Steps of(Optional<LakeStatus> lake, Set<ServiceState> goal) {
        Map<String, String> states = new LinkedHashMap<>();
        List<String> pending = new ArrayList<>();
        for (ServiceStatus service : lake.map(LakeStatus::services).orElse(List.of())) {
            states.put(service.name(), words(service));
            if (!goal.contains(service.state())) {
                pending.add(service.name());
            }
        }
        return new Steps(states, states.isEmpty() ? List.of("server") : pending);
    }

    // Why an end takes long is worth saying; why a start does, the table says afterwards.
    private static String words(ServiceStatus service) {
        String word = service.state().word();
        return service.state() == ServiceState.STOPPING && service.message() != null
                ? word + ", " + service.message()
                : word;
    }
}
