package dev.tarn.generate.museum;

import java.io.IOException;

/** Data of the museum's two tables. */
public interface Museum {
    /** How many rows a table has. */
    long count(MuseumTable table);

    /** Opens a table from its beginning; each call gives the same rows. */
    Rows open(MuseumTable table) throws IOException;
}
