package dev.tarn.generate.museum;

/** The words of titles, materials and credit lines. */
final class Words {
    static final String[] TRADES = list("Designer,Photographer,Artist,Architect,Maker");
    static final String[] NICKNAMES = list("Ticker,Lucky,Half-Moon,Buttons,The Crane,Rusty");
    static final String[] THINGS = list("Lantern,Ladder,Harbor,Orchard,Staircase,Window,Bridge,Mirror,Kite,Rope,Bottle,"
            + "Chair,Factory,Garden,Horse,Island,Letter,Mask,Night,Parade,River,Sleeper,Tower,Umbrella,Valley,Wheel,"
            + "Bathers,Self-Portrait,Still Life,Landscape,Nude,Café,Composition,Étude,Figure,Head of a Woman");
    static final String[] KINDS =
            list("Blue,Broken,Distant,Empty,Folded,Grey,Hidden,Inverted,Large,Little,Open,Pale,Quiet,"
                    + "Red,Second,Seated,Silent,Standing,Striped,Tall,Two,Unfinished,White,Yellow");
    static final String[] PLACES = list("Marlow Bay,Port Ellory,Saint-Aubry,Köstritz,Villanova Alta,Nagahama,Høyvik,"
            + "Zelenograd,Cedar Flats,New Harrow,Río Claro,Oued Zem,Lake Tamarack,East Quarry,Łęka");
    static final String[] COUNTRIES =
            list("France,Germany,Brazil,Japan,Cuba,Norway,Mexico,Italy,Illinois,California,Ohio");
    static final String[] BOOKS = list("LES HEURES LENTES,DER BLAUE WAGEN,CARNET D'ÉTÉ,A BOOK OF TIDES,LE JARDIN FERMÉ,"
            + "VÖGEL UND STEINE,CANTOS DEL ALBA,THE SALT ROAD,L'ÎLE AUX CHÊNES,PEQUEÑO ATLAS,TWELVE DOORS,NOCES D'ÉTÉ");
    static final String[] BUILDINGS =
            list("House,Concert Hall,Pavilion,Apartment Building,Library,Exposition Hall,Town Plan,"
                    + "Bank Building,Cannery,Observatory");
    static final String[] VIEWS = list("Site plan,Longitudinal and cross sections and plans,Perspective view,Elevation,"
            + "Interior perspective,Ground floor plan,Axonometric,Preliminary study");
    static final String[] PAPER = list(
            "Lithograph;Lithograph, printed in color;Lithograph, printed in black;Etching;"
                    + "Etching and aquatint;Woodcut;Screenprint;Drypoint;Linoleum cut;Letterpress;Line block, printed in color;"
                    + "One from a portfolio of twelve lithographs;One from a series of five aquatints;"
                    + "Illustrated book with twenty-four etchings (eleven with aquatint and chine collé)",
            ";");
    static final String[] PHOTO = list(
            "Gelatin silver print;Gelatin silver print;Gelatin silver print;Gelatin silver print;"
                    + "Albumen silver print;Chromogenic color print;Platinum print;Gum bichromate print;Photogravure;"
                    + "Pigmented inkjet print, printed 2006",
            ";");
    static final String[] DRAWN = list(
            "Pencil on paper;Ink on paper;Watercolor and pencil on paper;Charcoal on paper;"
                    + "Gouache, ink and cut-and-pasted paper on board;Colored pencil on tracing paper;Crayon on notebook paper",
            ";");
    static final String[] PAINTED = list(
            "Oil on canvas;Oil on canvas;Acrylic on canvas;Oil on wood;Tempera on board;"
                    + "Synthetic polymer paint on linen, two panels",
            ";");
    static final String[] SOLID = list(
            "Bronze;Steel;Painted wood;Plaster;Chrome-plated steel and leather;Molded plywood;"
                    + "Glazed earthenware;Blown glass;ABS polymer casing;Steel, plastic components, paint;"
                    + "Wood, string, two motors, switch, and battery",
            ";");
    static final String[] MOVING = list(
            "Video (color, sound);Video (black and white, silent);35mm film;16mm film (color, sound);"
                    + "Three-channel video installation",
            ";");
    static final String[] DONORS =
            list("Hollis P. Wetherby,Mrs. Alma Cordwain,the Brightwater family,Ruth and Leo Sandoval,"
                    + "Mr. and Mrs. Otis Greyling,Dr. Inge Falkenrath,the Estate of Paul Merrow,Jeanne-Élise Cabanel,"
                    + "the Arden Circle,T. J. Ō");
    static final String[] FUNDS =
            list("Photography,Prints,Drawings,Architecture and Design,Twenty-Ninth Street,General,"
                    + "Larkspur Foundation,Anna and Josef Halloway Purchase");

    private Words() {}

    private static String[] list(String text) {
        return list(text, ",");
    }

    private static String[] list(String text, String divider) {
        return text.split(divider);
    }
}
