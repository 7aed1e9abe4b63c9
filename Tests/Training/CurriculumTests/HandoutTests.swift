import Curriculum
import Foundation
import Testing
import Wording

@Suite("the paper of a workshop")
struct HandoutTests {
    @Test(
        "every page is there, in ASCII names, whole and without anything fetched",
        arguments: Language.allCases)
    func pages(_ language: Language) {
        let pages = Handouts.all(language)
        #expect(pages.count == 3 + 1 + 14 + 14 + 2)
        #expect(Set(pages.map(\.name)).count == pages.count)
        for page in pages {
            #expect(
                page.name.allSatisfy {
                    $0.isASCII && ($0.isLowercase || $0.isNumber || "-.".contains($0))
                }, "\(page.name)")
            #expect(page.html.hasPrefix("<!DOCTYPE html>") && page.html.hasSuffix("</html>\n"))
            for fetched in ["http", "src=", "url(", "<script", "<link"] {
                #expect(!page.html.contains(fetched), "\(page.name): \(fetched)")
            }
            for tag in ["ul", "ol", "li", "div", "table", "tr", "pre", "h1", "h2", "h3", "p"] {
                let opened =
                    page.html.components(separatedBy: "<\(tag)>").count
                    + page.html.components(separatedBy: "<\(tag) ").count - 2
                let closed = page.html.components(separatedBy: "</\(tag)>").count - 1
                #expect(opened == closed, "\(page.name): \(tag)")
            }
        }
    }

    @Test("commands keep their signs, and a participant's sheet has no answers")
    func commands() {
        let page = Handouts.lesson(4, .spanish)
        #expect(
            page.html.contains(
                "amparo note new --title &quot;Entrevista en el muelle&quot; --tag muelle &lt; apuntes-muelle.txt"
            ))
        #expect(!page.html.contains("Para quien da el taller"))
        let sheet = Handouts.evaluation(.spanish).html
        #expect(!sheet.contains("✓"))
        #expect(Handouts.answerKey(.spanish).html.components(separatedBy: "✓").count == 15)
    }

    @Test("the three agendas last as long as they say, and name lessons that there are")
    func agendas() {
        let hours = Dictionary(
            uniqueKeysWithValues: Agenda.Length.allCases.map { length in
                (length, Agenda.of(length).days.map { $0.items.reduce(0) { $0 + $1.minutes } })
            })
        #expect(hours[.threeHours] == [180])
        #expect(hours[.oneDay]?.count == 1 && (420...510).contains(hours[.oneDay]?[0] ?? 0))
        #expect(
            hours[.twoDays]?.count == 2
                && (hours[.twoDays] ?? []).allSatisfy { (360...480).contains($0) })
        for length in Agenda.Length.allCases {
            let lessons = Agenda.of(length).days.flatMap(\.items).flatMap(\.lessons)
            #expect(lessons.allSatisfy { (1...Course.count).contains($0) })
        }
        let all = Agenda.of(.twoDays).days.flatMap(\.items).flatMap(\.lessons)
        #expect(Set(all) == Set(1...Course.count))
    }

    @Test("the guide becomes a page with its headings, lists and table")
    func guide() {
        let html = Handouts.guide(.spanish).html
        #expect(html.contains("<h1>Guía para quien da el taller</h1>"))
        #expect(html.contains("<h2>Riesgos del propio taller</h2>"))
        #expect(html.contains("<th>escenario</th>") && html.contains("<td><code>late</code></td>"))
        #expect(html.contains("<ol>") && html.contains("<strong>"))
        #expect(!html.contains("**") && !html.contains("| "))
    }
}
