package dev.tarn.model;

/** Who can mend an error. The kind decides the exit code of the command and whether trying again makes sense. */
public enum ErrorKind {
    /** A fault of Tarn itself. */
    INTERNAL(1),
    /** The user gave something that cannot be used as it is. */
    USER(2),
    /** A system outside Tarn failed or cannot be reached. */
    EXTERNAL(3),
    /** Memory, disk space, ports or time ran out. */
    RESOURCES(4),
    /** A check refused the data. */
    REFUSED(5);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a command that ends with an error of this kind: 1 to 5. */
    public int exitCode() {
        return exitCode;
    }
}
