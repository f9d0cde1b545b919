package dev.tarn.generate.rentals;

import dev.tarn.generate.museum.Dice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Files of sales, {@code |} between columns: 250 that are there from the start and 600 that come after them. The two
 * write times in different forms, as files of different systems do; both are UTC.
 */
public final class Sales {
    private static final String HEADING = "payment_id|customer_id|amount|payment_date|city|district|country\n";
    private static final int SEED = 1998;
    private static final int BEFORE = 250;
    private static final int AFTER = 600;
    private static final int FIRST_PAYMENT = 16_050;
    private static final int CUSTOMERS = 599;
    private static final Instant START = Instant.parse("2021-05-08T21:21:56.996577Z");
    /** Prices in cents; those at the front are more frequent. */
    private static final int[] CENTS = {799, 799, 799, 399, 399, 599, 599, 699, 899, 499, 999, 299, 1099, 1199, 1299};

    private Sales() {}

    /** The sales from the start. */
    public static String seed() {
        return file(0, BEFORE, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS xxx"));
    }

    /** The sales that come after them. */
    public static String incremental() {
        return file(BEFORE, BEFORE + AFTER, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx"));
    }

    private static String file(int from, int to, DateTimeFormatter times) {
        List<String> places = places();
        StringBuilder file = new StringBuilder(HEADING);
        Instant time = START;
        for (int i = 0; i < to; i++) {
            Dice dice = new Dice(SEED, 0, i);
            time = time.plusSeconds(dice.between(20, 1_000));
            int cents = CENTS[dice.below(CENTS.length)];
            int customer = dice.between(1, CUSTOMERS);
            if (i >= from) {
                file.append(FIRST_PAYMENT + i)
                        .append('|')
                        .append(customer)
                        .append('|')
                        .append(cents / 100)
                        .append('.')
                        .append(cents % 100)
                        .append('|')
                        .append(times.format(time.atOffset(ZoneOffset.UTC)))
                        .append('|')
                        .append(places.get(customer * 31 % places.size()))
                        .append('\n');
            }
        }
        return file.toString();
    }

    /** {@code city|district|country}, each as often as its weight says. */
    private static List<String> places() {
        List<String> places = new ArrayList<>();
        try (InputStream stream = Sales.class.getResourceAsStream("places.csv")) {
            String text =
                    new String(Objects.requireNonNull(stream, "places.csv").readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> {
                int bar = line.indexOf('|');
                for (int i = 0; i < Integer.parseInt(line.substring(0, bar)); i++) {
                    places.add(line.substring(bar + 1));
                }
            });
            return places;
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read resource places.csv", e);
        }
    }
}
