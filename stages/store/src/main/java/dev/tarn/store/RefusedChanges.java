package dev.tarn.store;

import dev.tarn.model.TarnException;
import java.io.IOException;

/** Takes the changes of a batch that do not fit the table, so that the others can be committed without them. */
public interface RefusedChanges {
    /** Whoever has no place for them does without the commit. */
    RefusedChanges NOT_ALLOWED = (change, reason) -> {
        throw reason;
    };

    /**
     * Keeps a change in another place. It is called before the commit, and again if the commit fails and is repeated.
     *
     * @param reason what does not fit; USER
     * @throws IOException if it cannot be kept; the commit fails then
     */
    void put(Change change, TarnException reason) throws IOException;
}
