package dev.tarn.store;

/** What happened to a row, with the letter that Debezium uses for it. */
public enum Operation {
    CREATE("c"),
    /** Read by a snapshot, not from the log. */
    READ("r"),
    UPDATE("u"),
    DELETE("d");

    private final String letter;

    Operation(String letter) {
        this.letter = letter;
    }

    /** The letter kept in the column {@code __op}. */
    public String letter() {
        return letter;
    }
}
