package dev.tarn.generate.museum;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's {@code COPY … FROM STDIN}: fields divided by tabs, {@code \N} for null. */
public final class CopyText extends Reader {
    private static final int TOLD_EACH = 1000;

    private final Rows rows;
    private final LongConsumer progress;
    private final StringBuilder line = new StringBuilder();
    private int position;
    private long count;
    private boolean ended;

    /**
     * @param rows closed with this reader
     * @param progress told the number of rows read so far, every thousand rows and at the end
     */
    public CopyText(Rows rows, LongConsumer progress) {
        this.rows = rows;
        this.progress = progress;
    }

    /** The number of rows read so far. */
    public long count() {
        return count;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int filled = 0;
        while (filled < length && fill()) {
            int part = Math.min(length - filled, line.length() - position);
            line.getChars(position, position + part, buffer, offset + filled);
            position += part;
            filled += part;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean fill() throws IOException {
        if (position < line.length()) {
            return true;
        }
        Row row = ended ? null : rows.next();
        if (row == null) {
            if (!ended) {
                ended = true;
                progress.accept(count);
            }
            return false;
        }
        line.setLength(0);
        position = 0;
        append(row.values());
        count++;
        if (count % TOLD_EACH == 0) {
            progress.accept(count);
        }
        return true;
    }

    private void append(List<@Nullable String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append('\t');
            }
            String value = values.get(i);
            if (value == null) {
                line.append("\\N");
            } else {
                value.chars().forEach(this::append);
            }
        }
        line.append('\n');
    }

    private void append(int character) {
        switch (character) {
            case '\\' -> line.append("\\\\");
            case '\t' -> line.append("\\t");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            default -> line.append((char) character);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
