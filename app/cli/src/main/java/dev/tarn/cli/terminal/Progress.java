package dev.tarn.cli.terminal;

/** Shows on standard error how things come up or go down, and is never silent for more than two seconds. */
public sealed interface Progress extends AutoCloseable permits BarProgress, LineProgress {
    /** Takes the news; to be called several times a second, also when nothing changed. */
    void show(Steps steps);

    @Override
    void close();

    /** The kind of progress that this terminal can show, under a word such as {@code starting}. */
    static Progress open(Terminal terminal, String doing) {
        return terminal.wordsLook() == Terminal.Look.RICH
                ? new BarProgress(terminal, doing)
                : new LineProgress(terminal, doing, System::nanoTime);
    }
}
