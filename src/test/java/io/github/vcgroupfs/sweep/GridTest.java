package io.github.vcgroupfs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.simulate.JsonLines;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What varies in a line, and in which order. */
class GridTest {
  private static Grid grid(String line) throws Exception {
    return new GridReader().read(JsonLines.parse(line.replace('\'', '"'), 1));
  }

  /** All scenarios of a line, as lines. */
  private static List<String> all(String line) throws Exception {
    Grid grid = grid(line);
    List<String> all = new ArrayList<>();
    for (long i = 0; i < grid.size(); i++) {
      all.add(JsonLines.text(grid.scenario(i)).replace('"', '\''));
    }
    return all;
  }

  /** The value of a field in all scenarios. */
  private static List<Object> values(String line, String field) throws Exception {
    List<Object> values = new ArrayList<>();
    for (String each : all(line)) {
      values.add(JSON.std.mapFrom(each.replace('\'', '"')).get(field));
    }
    return values;
  }

  @Test
  void aLineInWhichNothingVariesIsItself() throws Exception {
    String line = "{'kind':'fill','limit':65536,'wmem':[1,2,3],'rmem':null,'x':{'y':[1]}}";
    assertThat(all(line.replace(",'x':{'y':[1]}", "")))
        .containsExactly("{'kind':'fill','limit':65536,'wmem':[1,2,3],'rmem':null}");
    assertThat(grid("{'kind':'fill'}").size()).isEqualTo(1);
  }

  @Test
  void theLastAxisChangesFastest() throws Exception {
    assertThat(all("{'limit':['64K',131072],'connections':[1,8]}"))
        .containsExactly(
            "{'limit':65536,'connections':1,'point':{'limit':'64K','connections':1}}",
            "{'limit':65536,'connections':8,'point':{'limit':'64K','connections':8}}",
            "{'limit':131072,'connections':1,'point':{'limit':131072,'connections':1}}",
            "{'limit':131072,'connections':8,'point':{'limit':131072,'connections':8}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'from':1,'to':5,'steps':3} | [1, 3, 5]",
        "{'from':1,'to':100,'steps':3,'scale':'log'} | [1, 10, 100]",
        "{'from':1,'to':3,'steps':9,'scale':'log'} | [1, 2, 3]",
        "{'from':0.1,'to':0.3,'steps':3} | [0.1, 0.2, 0.3]",
        "{'from':'64K','to':'256K','steps':3,'scale':'log'} | [64K, 128K, 256K]",
        "{'from':'64K','to':'64M','steps':3,'scale':'log'} | [64K, 2M, 64M]",
        "{'from':'1K','to':'2K','steps':3,'scale':'log'} | [1K, 1448, 2K]",
        "{'from':'1M/s','to':'10M/s','steps':2} | [1M/s, 10M/s]",
        "{'from':'1ms','to':'1s','steps':4,'scale':'log'} | [1ms, 10ms, 100ms, 1s]",
        "{'from':'0.1%','to':'10%','steps':3,'scale':'log'} | [0.1%, 1%, 10%]",
        "{'from':8,'to':2,'steps':3} | [8, 5, 2]",
        "{'from':7,'to':9,'steps':1} | [7]",
      })
  void aRangeHasTheseValues(String range, String values) throws Exception {
    assertThat(values("{'vary':{'v':%s},'name':'${v}'}".formatted(range), "name"))
        .hasToString(values);
  }

  @Test
  void whatTakesAListVariesAsAListOfLists() throws Exception {
    assertThat(values("{'wmem':[[1,2,3],[4,5,6]]}", "wmem")).hasToString("[[1, 2, 3], [4, 5, 6]]");
    assertThat(values("{'rmem':[null,[4,5,6]]}", "rmem")).hasToString("[null, [4, 5, 6]]");
    assertThat(values("{'rmem':[null,[4,5,6]]}", "point"))
        .hasToString("[{rmem=null}, {rmem=[4, 5, 6]}]");
    assertThat(values("{'groups':[['a'],['a','a/b']]}", "groups")).hasToString("[[a], [a, a/b]]");
    assertThat(values("{'steps':[[{'limit':1}],[]]}", "steps")).hasToString("[[{limit=1}], []]");
    assertThat(values("{'steps':[{'tcp_mem':[[1,2,3],[1,2,4]]}]}", "steps"))
        .hasToString("[[{tcp_mem=[1, 2, 3]}], [{tcp_mem=[1, 2, 4]}]]");
  }

  @Test
  void oneItemOfAListVariesByARangeOrAVariable() throws Exception {
    String range = "{'wmem':[4096,16384,{'from':'64K','to':'128K','steps':2}]}";
    assertThat(values(range, "wmem")).hasToString("[[4096, 16384, 65536], [4096, 16384, 131072]]");
    assertThat(values(range, "point")).hasToString("[{wmem.3=64K}, {wmem.3=128K}]");
    assertThat(values("{'vary':{'w':['64K',1]},'wmem':[1,1,'${w}']}", "wmem"))
        .hasToString("[[1, 1, 65536], [1, 1, 1]]");
  }

  @Test
  void variablesStandInTextsAndForWholeFields() throws Exception {
    assertThat(
            all(
                "{'vary':{'n':[1,8],'lim':['1M']},'name':'${n} at ${lim}',"
                    + "'steps':[{'limit':'${lim}'},{'flows':'add f connections=${n}'}]}"))
        .containsExactly(
            "{'name':'1 at 1M','steps':[{'limit':1048576},{'flows':'add f connections=1'}],"
                + "'point':{'n':1,'lim':'1M'}}",
            "{'name':'8 at 1M','steps':[{'limit':1048576},{'flows':'add f connections=8'}],"
                + "'point':{'n':8,'lim':'1M'}}");
  }

  @Test
  void theSameFieldOfTwoStepsHasTwoNames() throws Exception {
    assertThat(grid("{'limit':[1,2],'steps':[{'kmem_limit':[1,2]}]}").axes())
        .extracting(Axis::name)
        .containsExactly("limit", "kmem_limit");
    assertThat(grid("{'steps':[{'limit':[1,2]},{'at_ms':5,'limit':[3,4]}]}").axes())
        .extracting(Axis::name)
        .containsExactly("step1.limit", "step2.limit");
  }

  @Test
  void aLimitGetsOneValueMore() throws Exception {
    assertThat(grid("{'limit':['64K','1M']}").withUnlimited("limit").axes().get(0).values())
        .hasToString("[64K, 1M, -1]");
    assertThat(grid("{'limit':[-1,'1M']}").withUnlimited("limit").axes().get(0).values())
        .hasToString("[-1, 1M]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'limit':[]} | \"limit\": is an empty list; write at least one value",
        "{'limit':[1,1]} | \"limit\": a value is there twice; write each once",
        "{'vary':{'a':[1]}} | \"vary\": nothing uses a; write ${a} where it belongs, or leave it out",
        "{'vary':{'a':1},'name':'${a}'}"
            + " | \"vary\": a is 1; write a list of values, or a range",
        "{'vary':{'a b':[1]}} | \"vary\": \"a b\" is no name; write letters, digits and _",
        "{'vary':[1]}"
            + " | \"vary\": is [1]; write names and their values: {\"rate\": [\"1M\", \"10M\"]}",
        "{'vary':{'a':[1]},'name':'${b}'}"
            + " | \"name\": there is no variable ${b}; \"vary\" has: a",
        "{'vary':{'limit':[1]},'name':'${limit}','limit':[1,2]}"
            + " | \"limit\": a variable has the name of a field that varies, too; take another",
        "{'wmem':[1,2,[3,4]]} | \"wmem\": item 3 is [3, 4]; if the whole list varies, write a list"
            + " of lists, and if one item does, a range or ${…} there",
      })
  void whatIsWrongIsSaid(String line, String message) {
    assertThatThrownBy(() -> grid(line)).isInstanceOf(ScenarioException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'from':1,'to':2} | \"steps\" is null, and should be how many values there are",
        "{'from':1,'to':2,'steps':0} | \"steps\" is 0",
        "{'from':1,'steps':2} | \"to\" is missing",
        "{'from':'x','to':2,'steps':2} | \"from\" is x",
        "{'from':'1K','to':'2s','steps':2} | \"from\" and \"to\" have different units",
        "{'from':0,'to':2,'steps':2,'scale':'log'} | a logarithmic range has ends above 0",
        "{'from':1,'to':2,'steps':2,'scale':'x'} | \"scale\" is x, and should be log or linear",
        "{'from':1,'to':2,'step':2} | a range has no \"step\"",
      })
  void aWrongRangeIsSaid(String range, String message) {
    assertThatThrownBy(() -> grid("{'limit':%s}".formatted(range)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("\"limit\": " + message)
        .hasMessageEndingWith(
            "write it as {\"from\":\"64K\",\"to\":\"64M\",\"steps\":11,\"scale\":\"log\"}");
  }

  @Test
  void tooManyScenariosAreNotCounted() {
    String range = "{'from':1,'to':100000,'steps':100000}";
    String line = "{'a':%s,'b':%s,'c':%s,'d':%s}".replace("%s", range);
    assertThatThrownBy(() -> grid(line)).hasMessageContaining("more scenarios than can be counted");
  }
}
