package dev.tarn.load.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** The messages of one COPY: the first begins with a header, each holds a row, the last says that there are no more. */
public final class CopyRows implements AutoCloseable {
    private final CopyOut copy;

    CopyRows(CopyOut copy) {
        this.copy = copy;
    }

    /** The next message, or null after the last. */
    public byte @Nullable [] next() throws SQLException {
        return copy.readFromCopy();
    }

    /** Ends the COPY if it has not come to its end. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
