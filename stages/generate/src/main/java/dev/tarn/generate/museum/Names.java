package dev.tarn.generate.museum;

import java.util.HashMap;
import java.util.Map;

/** Words for the names of one language's people. Combined by chance, they name nobody. */
record Names(String[] men, String[] women, String[] families) {
    private static final Names ENGLISH = of(
            "Alden,Barnaby,Clement,Desmond,Everett,Gordon,Harlan,Jasper,Lowell,Merrill,Nolan,Orson,Percy,Quentin,Rufus,Silas",
            "Adela,Beryl,Cordelia,Dinah,Edith,Flora,Hester,Ione,Lavinia,Maud,Nell,Odessa,Ramona,Tamsin,Viola,Winifred",
            "Ashgrove,Barlowe,Cobbwell,Dunmere,Ellery,Fenwater,Garrowby,Holtby,Inglemoor,Kestrel,Lockhaven,Merriwold,"
                    + "Nettleford,O'Tarran,Penhallow,Quillfeather,Rookwood,St. Aubyn,Thornbury-Hale,Wexcombe");
    private static final Names GERMAN = of(
            "Arnulf,Bernd,Dietmar,Eberhard,Falk,Götz,Jörg,Käspar,Lüder,Ottmar,Rüdiger,Volkmar",
            "Adelheid,Bärbel,Dörte,Elfriede,Grete,Hedwig,Käthe,Liesel,Mechthild,Ottilie,Sünje,Ulrike",
            "Ahrensfeld,Böckelmann,Dürrbach,Eßlinger,Fröhling,Grünewaldt,Hölzer,Kühnemund,Löwenthaler,Möllering,Rößner,"
                    + "von Strahlau,Vogelsänger,Würzinger,Zöllnitz");
    private static final Names FRENCH = of(
            "Anatole,Benoît,Célestin,Désiré,Étienne,François,Gaëtan,Hippolyte,Jérôme,Léonce,Théophile,Zéphyrin",
            "Adèle,Bénédicte,Cécile,Élodie,Françoise,Geneviève,Hélène,Léonie,Mélusine,Noémie,Solène,Zoé",
            "Aubertin,Beauchêne,Cambrésis,d'Hervilly,Desmoulières,Fontanès,Gaucherel,L'Écuyer,Maréchaud,Noirétable,"
                    + "Peyrelevade,Quénaut,Rougemontier,Sévignac,Villedieu");
    private static final Names SOUTHERN = of(
            "Adriano,Benício,Calixto,Domingo,Egídio,Fulgencio,Gonçalo,Horácio,Íñigo,Jacinto,Nicolò,Zoilo",
            "Amália,Beatriz,Carlota,Dolores,Eulália,Graça,Inês,Lucrezia,Milagros,Nélida,Ornella,Pilar",
            "Alcântara,Belmonte,Cárdenas Ruiz,de la Peña,Echeverría,Figueirôa,Galvão,Ibáñez,Montefusco,Núñez Olmo,"
                    + "Quiñonero,Sant'Elpidio,Tavira,Urquidi,Zamorano");
    private static final Names NORTHERN = of(
            "Åke,Bjarke,Eskil,Gunnar,Håkon,Ingvar,Jørn,Osmo,Søren,Torleif,Väinö,Willem",
            "Åse,Birgit,Dagny,Freya,Gudrun,Ingeborg,Kaisa,Liv,Marijke,Sølvi,Tove,Ylva",
            "Ångstrand,Bækkelund,de Vriesland,Fjellheim,Grönqvist,Hämeenlinna,Kjærholt,Lindebø,Nygårdsvik,Øverbakken,"
                    + "Ruysbroeck,Sjöholmen,van der Meulenaer");
    private static final Names EASTERN = of(
            "Andrej,Bogumił,Čeněk,Dragoš,Fyodor,György,Istvan,Jiří,Károly,Łukasz,Miloš,Vsevolod",
            "Agnieszka,Božena,Dragica,Évike,Ileana,Jarmila,Katarzyna,Ljubov,Mária,Nadezhda,Světlana,Zsófia",
            "Adamczewicz,Bártfay,Čapkovský,Dvořanek,Grigorescu,Hrušovský,Jovančić,Kovařík,Łabędzki,Mihályfi,Nowosielec,"
                    + "Petrovich-Zaitsev,Šimůnek,Terekhov,Žalgiris");
    private static final Names JAPANESE = of(
            "Akihiro,Daichi,Fumio,Haruki,Isao,Jun'ichi,Kazuo,Masanori,Noboru,Ryūji,Shōhei,Tarō",
            "Ayako,Chiyo,Emiko,Fumiko,Hanae,Kazuko,Michiyo,Noriko,Sachiko,Tomoe,Yōko,Yuriko",
            "Aokibara,Fujimori,Hayakawa,Ishidō,Kurosaka,Minazuki,Nakahashi,Ōtsubo,Sakuragi,Shinohara,Takeshiro,Uzumaki,"
                    + "Wakabayashi,Yūzaki");
    private static final Names WORLD = of(
            "Amadou,Bahram,Chidi,Daniyar,Emre,Farid,Idan,Jae-hyun,Kofi,Lwazi,Rajan,Wei",
            "Amina,Bao,Chandra,Dilek,Esi,Fatima,Gulnara,Hye-jin,Imani,Leila,Noor,Thandiwe",
            "Abdulrahman,Benyounes,Chaudhuri,Dlamini-Roux,Eleftheriadis,Gökçen,Haddadian,Jimenez Kaplan,Kim,Liu,Mensah,"
                    + "Nkosi,Okonjo,Papadimas,Tavakoli,Yılmaz,Zhao");
    private static final Map<String, Names> BY_NATIONALITY = byNationality();

    /** The names of a nation's people; many Americans have names from elsewhere, so an unlisted nation is as likely. */
    static Names of(String nationality) {
        return BY_NATIONALITY.getOrDefault(nationality, WORLD);
    }

    String make(Dice dice, boolean woman) {
        Names names = this == ENGLISH && dice.inThousand(250) ? foreign(dice) : this;
        String first = dice.of(woman ? names.women : names.men);
        String family = dice.of(names.families);
        int shape = dice.below(1000);
        if (shape < 2) {
            return first + " \"" + dice.of(Words.NICKNAMES) + "\" " + family;
        }
        if (shape < 150) {
            return first + " " + (char) ('A' + dice.below(20)) + ". " + family;
        }
        if (shape < 200) {
            return first + " " + dice.of(woman ? names.women : names.men) + " " + family;
        }
        if (shape < 215) {
            return first + " " + family + ", " + dice.of(ENGLISH.men) + " " + dice.of(names.families) + ", and others";
        }
        return first + " " + family;
    }

    private static Names foreign(Dice dice) {
        Names[] all = {GERMAN, FRENCH, SOUTHERN, NORTHERN, EASTERN, JAPANESE, WORLD};
        return all[dice.below(all.length)];
    }

    private static Names of(String men, String women, String families) {
        return new Names(men.split(","), women.split(","), families.split(","));
    }

    private static Map<String, Names> byNationality() {
        Map<String, Names> map = new HashMap<>();
        put(
                map,
                ENGLISH,
                ",American,British,Canadian,Australian,Irish,South_African,New_Zealander,Nationality_Unknown");
        put(map, GERMAN, "German,Austrian,Swiss,Luxembourgish");
        put(map, FRENCH, "French,Belgian");
        put(
                map,
                SOUTHERN,
                "Italian,Spanish,Mexican,Brazilian,Argentine,Colombian,Peruvian,Chilean,Uruguayan,Venezuelan,"
                        + "Costa_Rican,Portuguese");
        put(map, NORTHERN, "Dutch,Swedish,Norwegian,Danish,Finnish");
        put(map, EASTERN, "Russian,Czech,Polish,Croatian,Hungarian,Yugoslav,Bosnian,Bulgarian,Romanian");
        put(map, JAPANESE, "Japanese");
        return map;
    }

    private static void put(Map<String, Names> map, Names names, String nationalities) {
        for (String nationality : nationalities.split(",")) {
            map.put(nationality, names);
        }
    }
}
