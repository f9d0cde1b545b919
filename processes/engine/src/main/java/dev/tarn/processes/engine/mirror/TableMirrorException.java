package dev.tarn.processes.engine.mirror;

/** A statement would change a table that mirrors a source. The message is for users, and without the code. */
public final class TableMirrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A stable word in capitals for scripts. */
    public static final String CODE = "TABLE_MIRROR";

    TableMirrorException(String message) {
        super(message);
    }

    /** What clients of the Thrift Server see, for which the name of a class would be noise. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getMessage() + " [" + CODE + "]";
    }
}
