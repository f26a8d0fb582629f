"""Frequent family and given names, by which a column of people is known where its header does not say so.

The family names are the most frequent of Japan (some half of the people bear one of them) in writing and in Hepburn's
letters; the given names are frequent ones of English-speaking countries.
"""

from __future__ import annotations

_JAPANESE_WORDS = """
佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邉 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤
齊藤 清水 山崎 阿部 池田 橋本 山下 石川 中島 前田 藤田 後藤 小川 岡田 村上 長谷川 近藤 石井 坂本 遠藤 藤井 青木
福田 西村 三浦 太田 藤原 松田 岡本 中川 中野 小野 原田 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤
横山 宮崎 宮本 内田 高木 谷口 安藤 大野 丸山 今井 高田 藤本 村田 武田 上野 杉山 増田 平野 大塚 千葉 久保 松井
小島 岩崎 野口 桜井 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 浜田 古川 水野 小松 島田 小山 高野 山内 西田
市川 五十嵐 飯田 山中 秋山 川口 川崎 渋谷 本田 吉川 矢野 荒木 久保田 辻 広瀬 樋口 服部 福島 岩田 中田 川村 望月
田口 平田 石原 大久保 早川 中西 松下 永井 吉村 浅野 松岡 菅原 大橋 宮田 須藤 小池 星野 小田 片山 吉岡 田辺 奥村
関口 天野 内藤 永田 西川 熊谷 黒田 伊東 岡崎 北村 浅井 三宅 栗原 大島 川上 堀 片岡 児玉 神田 東 森 原 林 橘 関
辻本
"""
JAPANESE = frozenset(_JAPANESE_WORDS.split())
_HEPBURN_WORDS = """
sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi
matsumoto inoue kimura hayashi saito shimizu yamazaki yamasaki mori abe ikeda hashimoto yamashita ishikawa
nakajima maeda fujita goto ogawa okada murakami hasegawa kondo ishii sakamoto endo fujii aoki fukuda nishimura
miura ota fujiwara matsuda okamoto nakagawa nakano ono harada tamura takeuchi kaneko wada nakayama ishida ueda
morita shibata sakai kudo yokoyama miyazaki miyamoto uchida takagi taniguchi ando ohno maruyama imai takada
fujimoto murata takeda ueno sugiyama masuda hirano otsuka kubo matsui kojima iwasaki noguchi sakurai matsuo
nomura kinoshita kikuchi sano onishi sugimoto arai hamada furukawa mizuno komatsu shimada koyama takano yamauchi
nishida ichikawa igarashi iida akiyama kawaguchi kawasaki honda yoshikawa yano araki kubota hirose higuchi
hattori iwata nakata kawamura mochizuki hirata ishihara hayakawa
"""
HEPBURN = frozenset(_HEPBURN_WORDS.split())
_GIVEN_WORDS = """
james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony mark
donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank
raymond jack dennis jerry mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy
betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie
rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine
christine rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia peter simon martin
alice henry oliver lucas sophie chloe taro jiro ichiro hanako kenji hiroshi takashi yuki akira makoto naoki
daisuke kazuki haruka yumi ayumi tomoko keiko
"""
GIVEN = frozenset(_GIVEN_WORDS.split())
