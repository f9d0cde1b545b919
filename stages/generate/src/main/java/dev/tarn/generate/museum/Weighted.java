package dev.tarn.generate.museum;

import java.util.ArrayList;
import java.util.List;

/** Words of which some are more likely than others. */
final class Weighted {
    private final List<String> words = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private int total;

    /** @param text {@code word=weight} divided by {@code ;} */
    static Weighted of(String text) {
        Weighted weighted = new Weighted();
        for (String entry : text.split(";")) {
            int equals = entry.lastIndexOf('=');
            weighted.total += Integer.parseInt(entry.substring(equals + 1).strip());
            weighted.words.add(entry.substring(0, equals).strip());
            weighted.ends.add(weighted.total);
        }
        return weighted;
    }

    String pick(Dice dice) {
        int point = dice.below(total);
        int word = 0;
        while (ends.get(word) <= point) {
            word++;
        }
        return words.get(word);
    }
}
