package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the services of one lake: all start side by side, all end in reverse order. */
public final class Supervisor {
    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

    private final LakeDirectory lake;
    private final List<SupervisedService> services;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "log-rotation");
        thread.setDaemon(true);
        return thread;
    });

    /** @param services in the order in which they are shown; the last is stopped first */
    public Supervisor(LakeDirectory lake, List<Service> services, RestartPolicy policy, ServiceListener listener) {
        this.lake = lake;
        this.services = services.stream()
                .map(service -> new SupervisedService(service, lake, policy, listener))
                .toList();
    }

    /** Starts all of them and returns at once; {@link #statuses} tells how far they are. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles what can go wrong, and ends with the executor.
    public void start() {
        services.forEach(SupervisedService::start);
        housekeeping.scheduleWithFixedDelay(this::rotateLogs, 1, 30, TimeUnit.SECONDS);
    }

    /** Tries again to run those that have failed for good, and returns their names. */
    public List<String> startFailed() throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (SupervisedService service : services) {
            if (service.startAgain()) {
                names.add(service.name());
            }
        }
        return names;
    }

    /** Ends them one after another, the last one first, and returns when all have ended. */
    public void stop() throws InterruptedException {
        List<SupervisedService> reversed = new ArrayList<>(services);
        Collections.reverse(reversed);
        for (SupervisedService service : reversed) {
            service.askToStop();
            service.awaitEnd();
        }
        housekeeping.shutdownNow();
    }

    /** How each of them is doing now, in their order. */
    public List<ServiceStatus> statuses() {
        return services.stream().map(SupervisedService::status).toList();
    }

    /** Where all services are, for who asks often. */
    public List<ServiceProgress> progress() {
        return services.stream().map(SupervisedService::progress).toList();
    }

    private void rotateLogs() {
        try {
            LogRotation.STANDARD.rotate(lake.logs());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot rotate the logs of " + lake.root(), e);
        }
    }
}
