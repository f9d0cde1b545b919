package dev.tarn.services;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks, before anything starts, for what would keep a lake from starting, and reports all of it together. */
public final class Preflight {
    private Preflight() {}

    /**
     * Looks at everything and throws if anything is in the way.
     *
     * @param services that are about to start
     * @param adopted names of those whose processes already run and serve
     * @param external what the lake needs from elsewhere
     * @param found problems that were found already
     * @param freeDiskBytes how much room the lake's disk must have
     * @throws TarnException with every problem found
     */
    public static void check(
            LakeDirectory lake,
            Ports ports,
            List<Service> services,
            List<String> adopted,
            List<ExternalService> external,
            List<TarnException> found,
            long freeDiskBytes) {
        List<TarnException> problems = new ArrayList<>(found);
        diskProblem(lake, freeDiskBytes).ifPresent(problems::add);
        for (Service service : services) {
            problems.addAll(service.problems());
            if (!adopted.contains(service.name())) {
                for (int port : service.ports()) {
                    portProblem(service, port, ports).ifPresent(problems::add);
                }
            }
        }
        external.forEach(each -> each.problem().ifPresent(problems::add));
        if (problems.size() == 1) {
            throw problems.get(0);
        }
        if (!problems.isEmpty()) {
            StringBuilder text = new StringBuilder(
                    "Cannot start the lake in '" + lake.root() + "': " + problems.size() + " things are in the way.");
            problems.forEach(problem -> text.append("\n  - ").append(problem.getMessage()));
            throw new TarnException(problems.get(0).kind(), "PREFLIGHT", text.toString());
        }
    }

    private static Optional<TarnException> diskProblem(LakeDirectory lake, long needed) {
        try {
            long free = Files.getFileStore(lake.root()).getUsableSpace();
            return free >= needed
                    ? Optional.empty()
                    : Optional.of(new TarnException(
                            ErrorKind.RESOURCES,
                            "DISK_FULL",
                            "Cannot start the lake in '" + lake.root() + "': its disk has " + mebibytes(free)
                                    + " MiB free, and " + mebibytes(needed)
                                    + " MiB are needed. Make room, or lower limits.free-disk in lake.yaml."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<TarnException> portProblem(Service service, int port, Ports ports) {
        return Ports.isFree(port)
                ? Optional.empty()
                : Optional.of(ports.taken("service '" + service.name() + "'", port, null));
    }

    private static long mebibytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
