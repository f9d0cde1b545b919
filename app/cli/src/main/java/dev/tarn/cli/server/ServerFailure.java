package dev.tarn.cli.server;

/** A server ended before it was of use. Its message goes to the user as it is, its exit code becomes the command's. */
public final class ServerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    ServerFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The same, saying where in a file it happened. */
    public ServerFailure at(String place) {
        return new ServerFailure(exitCode, place + ": " + getMessage());
    }

    public int exitCode() {
        return exitCode;
    }
}
