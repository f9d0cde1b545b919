package dev.tarn.generate.museum;

import org.jspecify.annotations.Nullable;

/** Makes artists up. Proportions follow the museum's: a third are American, a seventh without a nationality. */
final class ArtistMaker {
    private static final long TABLE = 1;
    private static final Weighted NATIONALITIES = Weighted.of("American=356;=144;German=80;French=50;British=48;"
            + "Italian=39;Japanese=32;Swiss=27;Austrian=22;Dutch=16;Nationality_Unknown=16;Spanish=13;Canadian=12;"
            + "Belgian=11;Russian=11;Swedish=11;Mexican=11;Brazilian=10;Norwegian=9;Argentine=8;Czech=5;Colombian=5;"
            + "Peruvian=5;Australian=4;Danish=4;South_African=4;Irish=3;Chinese=3;Polish=3;Chilean=3;Uruguayan=3;"
            + "Finnish=3;Korean=2;Croatian=2;Hungarian=2;Yugoslav=2;Indian=2;Israeli=2;Greek=2;Bosnian=1;Venezuelan=1;"
            + "Costa_Rican=1;Ivorian=1;Portuguese=1;Bulgarian=1;Iranian=1;Turkish=1;Luxembourgish=1;New_Zealander=1;"
            + "Moroccan=1;Romanian=1");

    private final long seed;

    ArtistMaker(long seed) {
        this.seed = seed;
    }

    Artist make(long number) {
        Dice dice = new Dice(seed, TABLE, number);
        int id = (int) (number * 67 + 1 + dice.below(67));
        String nationality = NATIONALITIES.pick(dice);
        boolean woman = dice.inThousand(180);
        String name = dice.inThousand(4)
                ? "Unknown " + dice.of(Words.TRADES)
                : Names.of(nationality).make(dice, woman);
        int born = 1925 + (dice.below(60) + dice.below(60) + dice.below(60)) - 90;
        int died = Math.min(2016, born + 35 + dice.below(30) + dice.below(35));
        boolean bornKnown = !dice.inThousand(231);
        boolean dead = bornKnown && born < 1975 && dice.inThousand(born < 1900 ? 950 : born < 1935 ? 600 : 80);
        return new Artist(
                id,
                name,
                nationality.isEmpty() ? null : nationality,
                gender(dice, woman),
                bornKnown ? born : null,
                dead ? died : null,
                born);
    }

    private static @Nullable String gender(Dice dice, boolean woman) {
        if (dice.inThousand(175)) {
            return null;
        }
        return woman ? "Female" : dice.inThousand(1) ? "male" : "Male";
    }
}
