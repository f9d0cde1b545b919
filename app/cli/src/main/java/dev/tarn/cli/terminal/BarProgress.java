package dev.tarn.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as one line that changes in place. */
final class BarProgress implements Progress {
    private final Line line;
    private final ProgressBar bar;

    BarProgress(Terminal terminal, String doing, Duration elapsed) {
        line = new Line(terminal.words(), terminal.columns() - 1);
        bar = new ProgressBarBuilder()
                .setTaskName(doing)
                .setInitialMax(1)
                .startsFrom(0, elapsed)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .continuousUpdate()
                .hideEta()
                .setConsumer(line)
                .build();
    }

    @Override
    public void show(Steps steps) {
        int all = steps.states().size();
        if (all > 0) {
            bar.maxHint(all);
            bar.stepTo(all - steps.pending().size());
        }
        bar.setExtraMessage(String.join(", ", steps.pending()));
    }

    @Override
    public void close() {
        bar.close();
        line.close();
    }

    private static final class Line extends ConsoleProgressBarConsumer {
        private final PrintStream words;
        private boolean open = true;

        Line(PrintStream words, int columns) {
            super(words, columns);
            this.words = words;
        }

        @Override
        public synchronized void accept(String text) {
            super.accept(text);
            words.flush();
        }

        // The library does not end the line of a bar that was closed at once.
        @Override
        public synchronized void close() {
            if (open) {
                open = false;
                super.close();
            }
        }
    }
}
