package dev.tarn.processes.topics.replay;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tarn.processes.topics.kafka.Refusal;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file of rows with a heading: CSV in UTF-8, with a delimiter that is told or guessed from the heading. */
final class RowFile implements AutoCloseable {
    private static final String DELIMITERS = ",|;\t";

    /** A row of our own behind the last one. A field in quotes that never end takes it in, which the parser lets pass. */
    private static final String END = "\0 end of the file \0";

    private final String shown;
    private final AtomicLong bytesRead;
    private final long size;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final CRC32C checksum = new CRC32C();
    private long next;
    private boolean ended;

    /**
     * One row.
     *
     * @param index from 0 on
     * @param line of the file where it starts
     * @param checksum of this row and all before it
     */
    record Row(long index, long line, List<String> fields, int checksum) {}

    private RowFile(
            String shown,
            AtomicLong bytesRead,
            long size,
            CsvReader<CsvRecord> reader,
            CloseableIterator<CsvRecord> records,
            List<String> columns,
            String use) {
        this.shown = shown;
        this.bytesRead = bytesRead;
        this.size = size;
        this.reader = reader;
        this.records = records;
        this.columns = columns;
        add(List.of(use));
        add(columns);
    }

    /**
     * @param shown its name as the user wrote it
     * @param delimiter null to guess it
     * @param use what is made of its rows; part of their checksums
     */
    static RowFile open(Path path, String shown, @Nullable Character delimiter, String use) {
        try {
            if (Files.isDirectory(path)) {
                throw unreadable(shown, "it is a directory");
            }
            char separator = delimiter == null ? guess(path) : delimiter;
            AtomicLong bytesRead = new AtomicLong();
            InputStream stream = new Counting(Files.newInputStream(path), bytesRead);
            // Strict: a letter that is no UTF-8 must not become another one in silence.
            BufferedReader text =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
            skipByteOrderMark(text);
            Reader withEnd = new Followed(text, "\n" + END + "\n");
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    // Counted here, where the line is known.
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(withEnd);
            CloseableIterator<CsvRecord> records = reader.iterator();
            List<String> columns = List.copyOf(records.next().getFields());
            if (columns.equals(List.of(END))) {
                throw unreadable(shown, "it is empty; its first line names the columns");
            }
            if (hasOpenQuote(columns)) {
                throw unreadable(shown, "its heading begins a field in quotes that the file does not end");
            }
            requireDistinct(shown, columns);
            return new RowFile(shown, bytesRead, Files.size(path), reader, records, columns, use);
        } catch (NoSuchFileException e) {
            throw unreadable(shown, "there is no such file");
        } catch (IOException e) {
            throw unreadable(shown, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw unreadable(shown, words(e));
        }
    }

    private static Refusal unreadable(String shown, String reason) {
        return Refusal.user(
                "FILE_UNREADABLE", "Cannot read '" + shown + "': " + reason + ". Name a CSV file with a heading.");
    }

    private static void requireDistinct(String shown, List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw unreadable(shown, "its heading names column '" + column + "' twice");
            }
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
    }

    /** The delimiter that stands most often in the heading, outside of quotes. */
    private static char guess(Path path) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(path)) {
            String heading = Optional.ofNullable(text.readLine()).orElse("").replaceAll("\"[^\"]*\"", "");
            return (char) DELIMITERS
                    .chars()
                    .boxed()
                    // The first of two that are as frequent.
                    .reduce((a, b) -> count(heading, b) > count(heading, a) ? b : a)
                    .orElseThrow()
                    .intValue();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }

    private static long count(String heading, int letter) {
        return heading.chars().filter(each -> each == letter).count();
    }

    List<String> columns() {
        return columns;
    }

    String shown() {
        return shown;
    }

    long size() {
        return size;
    }

    /** So much of it has been read, ahead of the rows by a buffer. */
    long bytesRead() {
        return Math.min(size, bytesRead.get());
    }

    /** The next row; empty at the end. A line that is no row is a {@link Refusal}. */
    Optional<Row> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            CsvRecord each = records.next();
            if (each.getFieldCount() == 1 && each.getField(0).equals(END)) {
                ended = true;
                return Optional.empty();
            }
            if (hasOpenQuote(each.getFields())) {
                throw invalid(each.getStartingLineNumber(), "it begins a field in quotes that the file does not end");
            }
            if (each.getFieldCount() != columns.size()) {
                throw invalid(
                        each.getStartingLineNumber(),
                        "it has " + each.getFieldCount() + " fields, and the heading has " + columns.size());
            }
            List<String> fields = each.getFields();
            add(fields);
            return Optional.of(new Row(next++, each.getStartingLineNumber(), fields, (int) checksum.getValue()));
        } catch (CsvParseException e) {
            throw Refusal.user(
                    "ROW_INVALID",
                    "Cannot publish '" + shown + "' behind row " + next + ": " + words(e)
                            + ". Correct it, then go on with --resume.");
        } catch (UncheckedIOException e) {
            throw Refusal.user(
                    "ROW_INVALID",
                    "Cannot publish '" + shown + "' behind row " + next + ": " + words(e)
                            + ". Correct it, then go on with --resume.");
        }
    }

    /** A row that cannot be published. */
    Refusal invalid(long line, String reason) {
        return Refusal.user(
                "ROW_INVALID",
                "Cannot publish '" + shown + "' line " + line + ": " + reason
                        + ". All rows before it are published; correct it, then go on with --resume.");
    }

    private static boolean hasOpenQuote(List<String> fields) {
        return fields.get(fields.size() - 1).contains(END);
    }

    private static String words(Exception e) {
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason instanceof CharacterCodingException ? "it is not UTF-8" : String.valueOf(reason.getMessage());
    }

    private void add(List<String> fields) {
        for (String field : fields) {
            checksum.update(field.getBytes(StandardCharsets.UTF_8));
            checksum.update(0x1F);
        }
        checksum.update(0x1E);
    }

    @Override
    public void close() throws IOException {
        records.close();
        reader.close();
    }

    /** A text and what follows it. */
    private static final class Followed extends FilterReader {
        private final StringReader rest;

        Followed(Reader text, String rest) {
            super(text);
            this.rest = new StringReader(rest);
        }

        @Override
        public int read() throws IOException {
            int letter = in.read();
            return letter < 0 ? rest.read() : letter;
        }

        @Override
        public int read(char[] letters, int offset, int length) throws IOException {
            int read = in.read(letters, offset, length);
            return read < 0 ? rest.read(letters, offset, length) : read;
        }
    }

    private static final class Counting extends FilterInputStream {
        private final AtomicLong count;

        Counting(InputStream stream, AtomicLong count) {
            super(stream);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count.addAndGet(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count.addAndGet(Math.max(0, read));
            return read;
        }
    }
}
