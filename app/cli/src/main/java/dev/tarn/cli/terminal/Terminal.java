package dev.tarn.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/** The two streams of the command, always UTF-8, and what each of them can show. */
public final class Terminal {
    /** What a stream can show. */
    public enum Look {
        /** Text alone: a file, a pipe, or a user who wants no colours. */
        PLAIN,
        /** Colours and lines that change in place. */
        RICH
    }

    private static final int USUAL_COLUMNS = 80;

    private final PrintStream data;
    private final PrintStream words;
    private final Look dataLook;
    private final Look wordsLook;

    /**
     * @param data standard output
     * @param words standard error
     */
    public Terminal(PrintStream data, PrintStream words, Look dataLook, Look wordsLook) {
        this.data = data;
        this.words = words;
        this.dataLook = dataLook;
        this.wordsLook = wordsLook;
    }

    /** The streams of this process. The launcher says which of them are terminals: the JDK cannot tell them apart. */
    public static Terminal ofThisProcess() {
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                look("tarn.terminal.out"),
                look("tarn.terminal.err"));
    }

    /** Whether a person sits at both ends: the launcher says so. */
    public static boolean isInteractive() {
        return Boolean.getBoolean("tarn.terminal.in") && Boolean.getBoolean("tarn.terminal.out");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), false, StandardCharsets.UTF_8);
    }

    private static Look look(String property) {
        boolean colourless =
                !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty()
                        || "dumb".equals(System.getenv("TERM"));
        return Boolean.getBoolean(property) && !colourless ? Look.RICH : Look.PLAIN;
    }

    /** Where data goes: standard output. */
    public PrintStream data() {
        return data;
    }

    /** Where words and progress go: standard error. */
    public PrintStream words() {
        return words;
    }

    /** Whether standard error can show a moving line. */
    public Look wordsLook() {
        return wordsLook;
    }

    /** Colours for standard output. */
    public Ansi dataColours() {
        return dataLook == Look.RICH ? Ansi.ON : Ansi.OFF;
    }

    /** Colours for standard error. */
    public Ansi wordsColours() {
        return wordsLook == Look.RICH ? Ansi.ON : Ansi.OFF;
    }

    /** Tells the user something, after all data so far. */
    public void say(String message) {
        data.flush();
        words.println(message);
        words.flush();
    }

    /** Sends everything on its way. */
    public void flush() {
        data.flush();
        words.flush();
    }

    /** How many characters fit in a line. */
    public int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] rowsAndColumns = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            int columns = ended && rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }
}
