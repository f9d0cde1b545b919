package dev.tarn.processes.topics.replay;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a replay is: a line that moves on a terminal, and elsewhere one line every few seconds. */
final class ReplayProgress implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000_000;

    private final PrintStream words;
    private final RowFile file;
    private final @Nullable ProgressBar bar;
    private long spoken = System.nanoTime();

    /** @param columns of the terminal; 0 if there is none */
    ReplayProgress(PrintStream words, RowFile file, int columns) {
        this.words = words;
        this.file = file;
        this.bar = columns == 0 ? null : bar(words, file, columns);
    }

    private static ProgressBar bar(PrintStream words, RowFile file, int columns) {
        return new ProgressBarBuilder()
                .setTaskName("publishing")
                .setInitialMax(file.size())
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setUnit(" KiB", 1024)
                .setConsumer(new ConsoleProgressBarConsumer(words, columns - 1))
                .clearDisplayOnFinish()
                .build();
    }

    void show(long events) {
        if (bar != null) {
            bar.stepTo(file.bytesRead());
            bar.setExtraMessage(events + " events");
        } else if (System.nanoTime() - spoken > PAUSE_NANOS) {
            spoken = System.nanoTime();
            long percent = file.size() == 0 ? 100 : 100 * file.bytesRead() / file.size();
            words.println(
                    String.format(Locale.ROOT, "publishing: %,d events, %d %% of the file is read", events, percent));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
