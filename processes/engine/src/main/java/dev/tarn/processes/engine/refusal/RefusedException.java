package dev.tarn.processes.engine.refusal;

/** A request that is answered with an error of its sender, or of what it asks for. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code a stable word in capitals for scripts
     * @param message without the code
     */
    public RefusedException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
