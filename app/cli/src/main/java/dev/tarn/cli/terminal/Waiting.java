package dev.tarn.cli.terminal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says what the command waits for, once that has taken two seconds; what is done sooner is done in silence. */
public final class Waiting {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final Steps NO_STEPS = new Steps(Map.of(), List.of());

    private final Terminal terminal;
    private final String doing;
    private final CountDownLatch done = new CountDownLatch(1);

    private Waiting(Terminal terminal, String doing) {
        this.terminal = terminal;
        this.doing = doing;
    }

    /**
     * Does something that may take long.
     *
     * @param doing such as {@code running the statement}
     */
    public static <T> T during(Terminal terminal, String doing, Supplier<T> work) {
        Waiting waiting = new Waiting(terminal, doing);
        Thread thread = new Thread(waiting::show, "waiting");
        thread.setDaemon(true);
        thread.start();
        try {
            return work.get();
        } finally {
            waiting.done.countDown();
            // What comes next must not mix with the last line of the progress.
            join(thread);
        }
    }

    private void show() {
        try {
            if (done.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try (Progress progress = Progress.open(terminal, doing, SILENCE)) {
                do {
                    progress.show(NO_STEPS);
                } while (!done.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
