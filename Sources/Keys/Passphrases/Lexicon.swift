internal import Encoding

/// What people build passphrases from, found by hash so that no part of a secret becomes a string.
struct Lexicon: Sendable {
    struct Entry {
        /// Tenths of a bit to pick it from its list.
        let cost: Int
        let finding: Strength.Finding?
    }

    static let shared = Lexicon()

    private let entries: [UInt64: Entry]

    /// Letters of the longest entry, without spaces.
    static let longest = 32

    private init() {
        var entries: [UInt64: Entry] = [:]
        // 4,096 words, of which a person picks the usual ones: 10 bits and not 12.
        for list in WordList.all {
            for index in 0..<WordList.count {
                entries[Self.hash(list.word(at: index).utf8)] = Entry(cost: 100, finding: nil)
            }
        }
        func add(_ words: String, _ cost: Int, _ finding: Strength.Finding?) {
            for word in words.split(separator: " ") {
                let hash = Self.hash(word.utf8)
                if cost < entries[hash]?.cost ?? .max {
                    entries[hash] = Entry(cost: cost, finding: finding)
                }
            }
        }
        add(Self.surnames, 80, .name)
        add(Self.givenNames, 80, .name)
        add(Self.places, 80, .place)
        for quotation in Self.quotations.split(separator: "\n") {
            add(String(quotation.filter { $0 != " " }), 100, .quotation)
        }
        add(Self.common, 60, .common)
        add(Self.joints, 35, nil)
        self.entries = entries
    }

    func entry(_ hash: UInt64) -> Entry? { entries[hash] }

    // MARK: FNV-1a, letter by letter

    static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        // The hash is defined modulo 2^64.
        (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(seed, step)
    }
}

extension Lexicon {
    /// Small words that hold a sentence together.
    private static let joints = """
        a al algo como con cual de del e el ella en era es esa ese eso esta este esto fue ha hay he \
        la las le les lo los mas me mi mis mucho muy ni no nos o para pero por que quien se si sin \
        sobre son soy su sus te ti todo tu tus un una uno y ya yo \
        an and are as at be but by can do for from have i in is it my not of on or our she so that \
        the they this to was we what with you your
        """

    /// Most used passwords of the published leaks, and those that Spanish speakers add.
    private static let common = """
        password passw0rd contrasena contrasenia clave claves acceso entrar secreto secreta segura \
        seguro qwerty qwertyuiop asdf asdfgh asdfghjkl zxcvbnm 1q2w3e 1q2w3e4r 1qaz2wsx qazwsx abc \
        admin administrador root usuario invitado guest user welcome bienvenido bienvenidos hola \
        adios letmein dragon monkey football baseball superman batman shadow master iloveyou \
        sunshine princess princesa princesita estrella estrellita mariposa bonita bonito hermosa \
        hermoso teamo teamomucho tequiero tequieromucho amor amorcito miamor corazon cielo mivida \
        vida bebe familia amigos amigas mama papa mami papi abuela abuelo hijos hija hijo nina nino \
        dios jesus cristo jesucristo diosesamor diosmio virgen guadalupe virgendeguadalupe lupita \
        angel angelito angelita america aguilas chivas cruzazul pumas tigres rayados futbol mexico \
        vivamexico mexicolindo azteca tequila mariachi charro pambazo tacos chocolate gatito gatita \
        perrito perrita michi firulais pelusa chiquita chiquito gorda flaca loco loca rebelde \
        computadora internet facebook whatsapp telcel gmail hotmail yahoo google prensa periodista \
        periodismo reportera reportero noticias noticia diario periodico redaccion entrevista \
        verdad libertad justicia paz test prueba ejemplo cambiame cambiar temporal nuevo nueva \
        naruto pokemon goku minecraft spiderman
        """

    private static let givenNames = """
        maria guadalupe juana margarita josefina veronica yolanda rosa leticia patricia elizabeth \
        alejandra gabriela adriana laura silvia claudia teresa martha carmen alicia monica andrea \
        mariana fernanda daniela karla carla sofia ximena jimena valentina regina camila renata \
        valeria victoria natalia lucia paola paulina diana erika rocio sandra norma gloria araceli \
        irma beatriz elena luisa isabel ana anna julia cecilia lourdes esther raquel ruth sara \
        susana graciela lidia ofelia dolores consuelo esperanza mercedes pilar socorro soledad \
        xochitl citlali itzel nayeli yaretzi brenda jessica jazmin jasmin karina lorena maribel \
        marisol miriam nancy perla rebeca regina selene tania viridiana wendy yadira zaira lydia \
        jose juan luis carlos jorge miguel jesus francisco alejandro antonio manuel roberto ricardo \
        fernando javier eduardo pedro daniel david sergio rafael raul mario marco marcos arturo \
        alberto gerardo enrique oscar victor hugo hector ruben ramon guillermo armando alfredo \
        gustavo ernesto pablo martin felipe salvador angel diego santiago sebastian mateo leonardo \
        emiliano nicolas samuel gabriel adrian andres ivan omar ulises cesar julio agustin alfonso \
        benito emilio esteban gilberto gonzalo ignacio isaac ismael jaime joaquin joel julian \
        leonel lorenzo mauricio moises noe octavio pascual rodrigo rogelio saul tomas vicente \
        rigoberto regino miroslava lupe pepe paco pancho nacho beto chucho memo lalo tono \
        chava chayo concha coco lety paty gaby ale fer dani vale caro nina fany
        """

    private static let surnames = """
        hernandez garcia martinez lopez gonzalez perez rodriguez sanchez ramirez cruz flores gomez \
        morales vazquez vasquez reyes jimenez torres diaz gutierrez ruiz mendoza aguilar ortiz \
        moreno castillo romero alvarez mendez chavez rivera juarez ramos dominguez herrera medina \
        castro vargas guzman velazquez velasquez rojas contreras salazar luna ortega guerrero \
        santiago estrada bautista cortes cortez soto alvarado espinoza espinosa lara avila rios \
        cervantes silva delgado vega marquez sandoval carrillo leon fernandez mejia solis rosas \
        ibarra valdez valdes nunez campos santos camacho navarro maldonado rosales acosta pena \
        miranda cabrera valencia nava castaneda pacheco robles molina fuentes huerta meza padilla \
        figueroa salas trejo velasco serrano suarez trujillo zamora zavala villanueva villa villarreal \
        cardenas obrador lozano galvan tapia barrera bravo franco ochoa orozco osorio palacios \
        pineda quintero rangel rivas rosario salinas tellez toledo uribe valenzuela valdivia vera
        """

    private static let places = """
        mexico aguascalientes bajacalifornia campeche chiapas chihuahua coahuila colima durango \
        guanajuato guerrero hidalgo jalisco michoacan morelos nayarit nuevoleon oaxaca puebla \
        queretaro quintanaroo sanluispotosi sinaloa sonora tabasco tamaulipas tlaxcala veracruz \
        yucatan zacatecas cdmx ciudaddemexico guadalajara monterrey tijuana mexicali ensenada \
        ciudadjuarez torreon saltillo culiacan mazatlan hermosillo nogales reynosa matamoros \
        nuevolaredo tampico xalapa jalapa coatzacoalcos cordoba orizaba pozarica bocadelrio \
        acapulco chilpancingo iguala ayotzinapa taxco cuernavaca toluca ecatepec neza \
        nezahualcoyotl naucalpan tlalnepantla coyoacan iztapalapa xochimilco tlatelolco tepito roma \
        condesa zocalo morelia uruapan leon irapuato celaya merida cancun cozumel tulum chetumal \
        villahermosa tuxtla tapachula sancristobal ocosingo palenque juchitan tehuantepec \
        huatulco puertoescondido puertovallarta tepic manzanillo lapaz loscabos pachuca \
        guatemala honduras elsalvador nicaragua costarica panama colombia bogota venezuela caracas \
        ecuador quito peru lima bolivia chile argentina buenosaires uruguay paraguay cuba habana \
        espana madrid barcelona sevilla valencia losangeles newyork nuevayork texas california \
        houston chicago london londres paris roma berlin
        """

    /// Lines that everybody knows; many more than these are known to a guesser.
    private static let quotations = """
        mexicanos al grito de guerra
        ay ay ay ay canta y no llores
        cielito lindo
        de la sierra morena
        en un lugar de la mancha
        de cuyo nombre no quiero acordarme
        volver volver volver
        el rey
        con dinero y sin dinero
        hago siempre lo que quiero
        las golondrinas
        besame mucho
        la cucaracha
        como la flor
        padre nuestro
        padre nuestro que estas en el cielo
        dios te salve maria
        ave maria purisima
        en el nombre del padre
        el respeto al derecho ajeno es la paz
        entre los individuos como entre las naciones
        tierra y libertad
        la tierra es de quien la trabaja
        patria o muerte
        hasta la victoria siempre
        el pueblo unido jamas sera vencido
        vivos se los llevaron vivos los queremos
        no se mata la verdad matando periodistas
        muchos anos despues frente al peloton
        vine a comala
        pedro paramo
        ojos que no ven corazon que no siente
        mas vale pajaro en mano
        camaron que se duerme
        a quien madruga dios le ayuda
        hoy no circula
        correct horse battery staple
        correcto caballo bateria grapa
        to be or not to be
        ser o no ser
        may the force be with you
        que la fuerza te acompane
        arroz con leche me quiero casar
        tres tristes tigres
        once upon a time
        habia una vez
        """
}
