package dev.tarn.services;

import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one service running: starts it or adopts what a killed server left, watches it, starts it again after a crash
 * with growing pauses, and gives up with the reason after the last, until somebody asks for another try. One thread at a
 * time does all of it.
 */
final class SupervisedService {
    private static final System.Logger LOG = System.getLogger(SupervisedService.class.getName());
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final int MISSED_ANSWERS = 3;

    private final Service service;
    private final LakeDirectory lake;
    private final RestartPolicy policy;
    private final ServiceListener listener;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final Object stateLock = new Object();
    private final AtomicInteger restarts = new AtomicInteger();

    private Thread thread;
    private ServiceState state = ServiceState.STARTING;
    private @Nullable String message;
    private volatile @Nullable OwnedProcess process;
    private volatile String lastEnd = "";

    SupervisedService(Service service, LakeDirectory lake, RestartPolicy policy, ServiceListener listener) {
        this.service = service;
        this.lake = lake;
        this.policy = policy;
        this.listener = listener;
        this.thread = newThread();
    }

    private Thread newThread() {
        return new Thread(this::run, "service-" + service.name());
    }

    String name() {
        return service.name();
    }

    synchronized void start() {
        thread.start();
    }

    /** Tries again to run a service that has failed for good; false if it has not, or is to end. */
    synchronized boolean startAgain() throws InterruptedException {
        if (stopping() || state() != ServiceState.FAILED) {
            return false;
        }
        thread.join();
        become(ServiceState.STARTING, null);
        thread = newThread();
        thread.start();
        return true;
    }

    /** Asks it to end; {@link #awaitEnd} waits for it. */
    synchronized void askToStop() {
        stopAsked.countDown();
    }

    void awaitEnd() throws InterruptedException {
        Thread last;
        synchronized (this) {
            last = thread;
        }
        last.join();
    }

    ServiceStatus status() {
        Optional<OwnedProcess> running = Optional.ofNullable(process).filter(OwnedProcess::isAlive);
        synchronized (stateLock) {
            return new ServiceStatus(
                    service.name(),
                    state,
                    running.map(OwnedProcess::pid).orElse(0L),
                    service.addresses(),
                    running.map(OwnedProcess::handle).map(ResidentMemory::of).orElse(0L),
                    running.map(OwnedProcess::uptime).orElse(Duration.ZERO),
                    service.version(),
                    restarts.get(),
                    message);
        }
    }

    ServiceProgress progress() {
        OwnedProcess running = process;
        synchronized (stateLock) {
            long pid = running != null && running.isAlive() ? running.pid() : 0;
            return new ServiceProgress(service.name(), state, pid, restarts.get());
        }
    }

    private ServiceState state() {
        synchronized (stateLock) {
            return state;
        }
    }

    private void run() {
        try {
            keepRunning();
        } catch (InterruptedException e) {
            endWhatRuns();
            Thread.currentThread().interrupt();
        } catch (TarnException e) {
            LOG.log(System.Logger.Level.ERROR, service.name(), e);
            endWhatRuns();
            become(ServiceState.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Whatever keeps one service from running must not take the others down; the server shows it.
            LOG.log(System.Logger.Level.ERROR, service.name(), e);
            endWhatRuns();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            become(
                    ServiceState.FAILED,
                    "Cannot run service '" + service.name() + "': " + e.getMessage()
                            + (cause == e ? "" : " (" + cause.getMessage() + ")")
                            + ". The server's log has the details: tarn logs server. [SERVICE_FAILED]");
        }
    }

    private void keepRunning() throws IOException, InterruptedException {
        int crashes = 0;
        while (!stopping()) {
            Instant started = Instant.now();
            String reason = runOnce();
            if (stopping()) {
                break;
            }
            crashes = isCalmSince(started) ? 1 : crashes + 1;
            if (crashes > policy.pauses().size()) {
                // The listener hears of it before anybody sees it as failed.
                listener.gaveUp(service);
                become(ServiceState.FAILED, gaveUp(reason, crashes));
                return;
            }
            Duration pause = policy.pauses().get(crashes - 1);
            restarts.incrementAndGet();
            lastEnd = reason;
            become(
                    ServiceState.RESTARTING,
                    reason + "; starts again after " + words(pause) + ", attempt " + crashes + " of "
                            + policy.pauses().size());
            if (stopAsked.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        become(ServiceState.STOPPED, null);
    }

    // A process that nobody watches would keep its port and its data for ever.
    private void endWhatRuns() {
        OwnedProcess current = process;
        if (current != null && current.isAlive()) {
            try {
                current.stop(service.stopSignal(), STOP_LIMIT);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, service.name() + ": cannot tidy up after its process", e);
            }
        }
    }

    /** One life of the process; returns why it ended, in words that follow the service's name. */
    private String runOnce() throws IOException, InterruptedException {
        OwnedProcess current = adopted().orElse(null);
        if (current == null) {
            become(ServiceState.STARTING, words());
            service.prepare();
            current = OwnedProcess.start(
                    service.name(), service.process(), lake.log(service.name()), note(), service.stopSignal());
        }
        process = current;
        Instant deadline = Instant.now().plus(service.startLimit());
        boolean served = false;
        while (current.isAlive() && !stopping()) {
            // A process that has just ended holds no port: if something answered, it was another program.
            if (service.answers() && !othersAnswer(current) && current.isAlive()) {
                become(ServiceState.HEALTHY, healed());
                served = true;
                listener.served(service);
                watch(current);
                break;
            }
            if (Instant.now().isAfter(deadline)) {
                current.stop("KILL", STOP_LIMIT);
                listener.endedBeforeItServed(service);
                return "did not answer within " + service.startLimit().toSeconds() + " s";
            }
            stopAsked.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (stopping()) {
            become(
                    ServiceState.STOPPING,
                    current.writesArchive()
                            ? "writes its class-data archive, once: later starts take half the time"
                            : null);
            boolean orderly = current.stop(service.stopSignal(), STOP_LIMIT);
            if (!orderly) {
                LOG.log(System.Logger.Level.WARNING, service.name() + " did not end in time and was killed");
            }
            return "was stopped";
        }
        String reason = current.end();
        current.forget(false);
        if (!served) {
            listener.endedBeforeItServed(service);
        }
        return reason;
    }

    /** Whether it is another program that listens where ours is about to: its answers are not ours. */
    private boolean othersAnswer(OwnedProcess current) {
        return service.ports().stream().anyMatch(port -> PortHolder.isAnothers(port, current.handle()));
    }

    /** Returns when the process has ended or is to be stopped. */
    private void watch(OwnedProcess current) throws InterruptedException {
        int missed = 0;
        Instant healthySince = Instant.now();
        Instant nextQuestion = healthySince.plus(WATCH);
        while (current.isAlive() && !stopAsked.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (isCalmSince(healthySince)) {
                forgetTrouble();
            }
            if (Instant.now().isBefore(nextQuestion)) {
                continue;
            }
            nextQuestion = Instant.now().plus(WATCH);
            missed = service.answers() ? 0 : missed + 1;
            if (missed == MISSED_ANSWERS) {
                become(ServiceState.UNRESPONSIVE, "its process runs but does not answer");
            } else if (missed == 0 && state() == ServiceState.UNRESPONSIVE) {
                become(ServiceState.HEALTHY, "did not answer for a while");
                healthySince = Instant.now();
            }
        }
    }

    private boolean isCalmSince(Instant start) {
        return Duration.between(start, Instant.now()).compareTo(policy.calmAfter()) > 0;
    }

    private Optional<OwnedProcess> adopted() {
        Optional<ProcessHandle> left = ProcessRecord.find(note()).flatMap(ProcessRecord::process);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        OwnedProcess found = OwnedProcess.adopt(left.orElseThrow(), note());
        LOG.log(System.Logger.Level.INFO, service.name() + ": adopted process " + found.pid());
        return Optional.of(found);
    }

    private String gaveUp(String reason, int crashes) {
        String end = String.join("\n  ", LogTail.lines(lake.log(service.name()), 8));
        return "Cannot keep service '" + service.name() + "' running: it " + reason + ", " + crashes
                + " times. Its log ends with:\n  " + end + "\nRead it with 'tarn logs " + service.name()
                + "'; 'tarn up' tries it again. [SERVICE_CRASHES]";
    }

    private static String words(Duration pause) {
        return pause.toMillis() % 1_000 == 0 ? pause.toSeconds() + " s" : pause.toMillis() + " ms";
    }

    /** What is worth knowing of a service that serves again. */
    private @Nullable String healed() {
        int times = restarts.get();
        if (lastEnd.isEmpty()) {
            return null;
        }
        return times == 1
                ? "was restarted once, because it " + lastEnd
                : "was restarted " + times + " times, last because it " + lastEnd;
    }

    private void forgetTrouble() {
        synchronized (stateLock) {
            if (state == ServiceState.HEALTHY) {
                message = null;
                lastEnd = "";
            }
        }
    }

    private @Nullable String words() {
        synchronized (stateLock) {
            return message;
        }
    }

    private void become(ServiceState next, @Nullable String words) {
        synchronized (stateLock) {
            if (state != next) {
                LOG.log(
                        System.Logger.Level.INFO,
                        service.name() + ": " + next.word() + (words == null ? "" : ": " + words));
            }
            state = next;
            message = words;
        }
    }

    private boolean stopping() {
        return stopAsked.getCount() == 0;
    }

    private Path note() {
        return lake.run().resolve(service.name() + ".json");
    }
}
