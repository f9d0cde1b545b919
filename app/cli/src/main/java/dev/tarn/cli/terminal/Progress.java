package dev.tarn.cli.terminal;

import java.time.Duration;

/** Shows on standard error how things come up or go down, and is never silent for more than two seconds. */
public sealed interface Progress extends AutoCloseable permits BarProgress, LineProgress {
    /** Takes the news; to be called several times a second, also when nothing changed. */
    void show(Steps steps);

    @Override
    void close();

    /** The kind of progress that this terminal can show, under a word such as {@code starting}. */
    static Progress open(Terminal terminal, String doing) {
        return open(terminal, doing, Duration.ZERO);
    }

    /** The same for what has been going on for a while already. */
    static Progress open(Terminal terminal, String doing, Duration elapsed) {
        return terminal.wordsLook() == Terminal.Look.RICH
                ? new BarProgress(terminal, doing, elapsed)
                : new LineProgress(terminal, doing, elapsed, System::nanoTime);
    }
}
