package dev.tarn.services;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks every few seconds whether what runs elsewhere can be reached. A server that hangs takes seconds to find out, so
 * nobody who asks for the status waits for it: the answer is the last one known.
 */
public final class ExternalWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ExternalWatch.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final List<ExternalService> services;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "external-services");
        watch.setDaemon(true);
        return watch;
    });
    private volatile List<ServiceStatus> statuses;

    /** @param services taken for reachable until they were looked at: a start is refused otherwise */
    public ExternalWatch(List<ExternalService> services) {
        this.services = List.copyOf(services);
        this.statuses =
                services.stream().map(each -> each.status(Optional.empty())).toList();
    }

    /** Begins to look. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles what can go wrong, and ends with the executor.
    public void start() {
        if (!services.isEmpty()) {
            thread.scheduleWithFixedDelay(this::look, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** How each of them was when it was last looked at, in their order. */
    public List<ServiceStatus> statuses() {
        return statuses;
    }

    private void look() {
        try {
            statuses =
                    services.stream().map(each -> each.status(each.problem())).toList();
        } catch (RuntimeException e) {
            // An executor drops a task that throws; the status would stand still without a word.
            LOG.log(System.Logger.Level.ERROR, "cannot look at external services", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
