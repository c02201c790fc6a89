package dev.firn.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.benchreport.Bars.Bar;
import dev.firn.benchreport.Bars.Panel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class BarsTest {

  private static final List<Bar> TWO =
      List.of(new Bar("Firn", 5, true), new Bar("one & <all> others", 10, false));

  @Test
  void theGreatestValueOfAPanelHasTheLongestBar() throws Exception {
    assertEquals(List.of("200.0", "400.0"), widths(new Panel("alone", TWO)));
  }

  @Test
  void panelsCanShareAScale() throws Exception {
    assertEquals(List.of("100.0", "200.0"), widths(new Panel("of several", 20, TWO)));
  }

  @Test
  void namesAndValuesAreWrittenAsTheyAre() throws Exception {
    Document picture = picture(new Panel("title", TWO));

    assertEquals("seconds", picture.getElementsByTagName("title").item(0).getTextContent());
    NodeList texts = picture.getElementsByTagName("text");
    assertEquals(
        List.of("title", "Firn", "5.00", "one & <all> others", "10.00"),
        IntStream.range(0, texts.getLength())
            .mapToObj(i -> texts.item(i).getTextContent())
            .toList());
  }

  /** Of the bars, without the background. */
  private static List<String> widths(Panel panel) throws Exception {
    NodeList shapes = picture(panel).getElementsByTagName("rect");
    return IntStream.range(1, shapes.getLength())
        .mapToObj(i -> shapes.item(i).getAttributes().getNamedItem("width").getTextContent())
        .toList();
  }

  private static Document picture(Panel panel) throws Exception {
    byte[] svg = new Bars("seconds", "%.2f").svg(List.of(panel)).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }
}
